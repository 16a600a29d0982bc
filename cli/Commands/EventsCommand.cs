using System.CommandLine;
using Waybill.Cli.Output;

namespace Waybill.Cli.Commands;

internal static class EventsCommand
{
    public static Command Create(ConnectionOptions connection) => new("events", "What has happened, and where it went.") { Get(connection) };

    private static Command Get(ConnectionOptions connection)
    {
        var id = new Argument<string>("id") { Description = "The event's id." };
        var command = new Command("get", "Shows an event, each endpoint that it matched, and where its notification is.") { id };

        command.Run(connection, async context =>
        {
            context.Printer.Print(await context.Client.GetEventAsync(context.Parsed.GetValue(id)!, context.CancellationToken), EventWords.Details);
            return ExitCode.Done;
        });

        return command;
    }
}
