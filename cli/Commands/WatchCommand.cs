using System.CommandLine;

namespace Waybill.Cli.Commands;

internal static class WatchCommand
{
    public static Command Create(ConnectionOptions connection)
    {
        var id = new Argument<string>("id") { Description = "The notification's id." };
        var command = new Command("watch", "Follows a notification until it is final. Exit code 0 for SUCCESS, 1 for FAILED.") { id };

        command.Run(connection, context => Watching.UntilFinalAsync(context, context.Parsed.GetValue(id)!));

        return command;
    }
}
