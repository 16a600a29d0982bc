using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Waybill.Cli.Input;
using Waybill.Cli.Output;
using Waybill.Client;

namespace Waybill.Cli.Commands;

internal static class ListCommand
{
    private const int DefaultLimit = 50;
    private const int LargestPage = 200;

    public static Command Create(ConnectionOptions connection)
    {
        var from = Times.Option("--from", "Created then or later; a day before --to by default, and any time with --correlation-id; otherwise at most 31 days before it, 366 for failures.");
        var to = Times.Option("--to", "Created before; now by default.");
        var filters = new FilterOptions();
        var limit = new Option<int>("--limit") { Description = "At most that many.", DefaultValueFactory = _ => DefaultLimit };
        var command = new Command("list", "Lists notifications, newest first, failures by when they failed: when created, id, state, attempts made, URL.") { from, to, limit };

        filters.AddTo(command);
        limit.Validators.Add(result =>
        {
            if (result.GetValue(limit) < 1)
            {
                result.AddError("--limit must be 1 or more.");
            }
        });

        command.Run(connection, async context =>
        {
            var most = context.Parsed.GetValue(limit);
            var filter = filters.Filter(context.Parsed) with
            {
                From = context.Parsed.GetValue(from),
                To = context.Parsed.GetValue(to),
                Limit = Math.Min(most, LargestPage),
            };

            await PrintAsync(context, filter, most);
            return ExitCode.Done;
        });

        return command;
    }

    private static async Task PrintAsync(CommandContext context, NotificationFilter filter, int most)
    {
        string? cursor = null;
        var examined = 0L;

        do
        {
            var page = await context.Client.ListPageAsync(filter, cursor, context.CancellationToken);

            foreach (var notification in page.Items.Take(most))
            {
                context.Printer.Print(notification, Printer.Line);
            }

            foreach (var unreadable in page.Unreadable ?? [])
            {
                context.Printer.Progress.WriteLine($"{unreadable.Id} cannot be read: {unreadable.Reason}");
            }

            most -= page.Items.Count;
            cursor = page.Cursor;
            examined += page.Examined ?? 0;
        }
        while (cursor is not null && most > 0);

        if (examined > 0)
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{examined:N0} notifications were read for this: no index has exactly what was asked."));
        }
    }
}
