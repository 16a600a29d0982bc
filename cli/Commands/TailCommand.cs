using System.CommandLine;
using Waybill.Cli.Input;
using Waybill.Cli.Output;
using Waybill.Client;

namespace Waybill.Cli.Commands;

/// <summary>Prints a line each time one of the newest notifications has changed, until Ctrl+C.</summary>
internal static class TailCommand
{
    private const int Followed = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static Command Create(ConnectionOptions connection)
    {
        var filters = new FilterOptions();
        var since = Times.Option("--since", "Begin with those created then or later; now by default.");
        var command = new Command("tail", $"A line for each new notification and each change of it; follows the newest {Followed}, until Ctrl+C.") { since };

        filters.AddTo(command);
        command.Run(connection, context => FollowAsync(context, filters.Filter(context.Parsed) with
        {
            From = context.Parsed.GetValue(since) ?? DateTimeOffset.UtcNow,
            Limit = Followed,
        }));

        return command;
    }

    private static async Task<int> FollowAsync(CommandContext context, NotificationFilter filter)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);

        using var timer = new PeriodicTimer(Interval);

        do
        {
            var page = await context.Client.ListPageAsync(filter, cursor: null, context.CancellationToken);

            foreach (var notification in page.Items.Where(one => seen.GetValueOrDefault(one.Id) != one.Version).Reverse())
            {
                context.Printer.Print(notification, Printer.Line);
            }

            seen = page.Items.ToDictionary(one => one.Id, one => one.Version, StringComparer.Ordinal);
        }
        while (await timer.WaitForNextTickAsync(context.CancellationToken));

        return ExitCode.Done;
    }
}
