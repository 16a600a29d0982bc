using System.CommandLine;
using System.Globalization;
using Waybill.Notifications.Client;

namespace Waybill.Cli.Commands;

internal static class RedeliverCommand
{
    public static Command Create(ConnectionOptions connection)
    {
        var id = new Argument<string>("id") { Description = "The notification's id." };
        var watch = new Option<bool>("--watch") { Description = "Follow it until it is final." };
        var command = new Command("redeliver", "Delivers a final notification once more, with a fresh round of attempts.") { id, watch };

        command.Run(connection, async context =>
        {
            var submitted = await context.Client.RedeliverAsync(context.Parsed.GetValue(id)!, context.CancellationToken);

            if (context.Parsed.GetValue(watch))
            {
                return await Watching.UntilFinalAsync(context, submitted.Id);
            }

            context.Printer.Print(submitted, Describe);
            return ExitCode.Done;
        });

        return command;
    }

    private static string Describe(Submitted submitted) =>
        string.Create(CultureInfo.InvariantCulture, $"{submitted.Id} is {submitted.Status}: it is delivered once more.");
}
