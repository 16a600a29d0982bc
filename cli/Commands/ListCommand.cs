using System.CommandLine;
using Waybill.Cli.Input;
using Waybill.Cli.Output;

namespace Waybill.Cli.Commands;

internal static class ListCommand
{
    private const int DefaultLimit = 50;
    private const int LargestPage = 200;

    public static Command Create(ConnectionOptions connection)
    {
        var from = Times.Option("--from", "Created then or later; a day before --to by default, at most 31 days before it.");
        var to = Times.Option("--to", "Created before; now by default.");
        var filters = new FilterOptions();
        var limit = new Option<int>("--limit") { Description = "At most that many.", DefaultValueFactory = _ => DefaultLimit };
        var command = new Command("list", "Lists notifications, newest first: when created, id, state, attempts made, URL.") { from, to, limit };

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

            await foreach (var notification in context.Client.ListAsync(filter, context.CancellationToken).Take(most))
            {
                context.Printer.Print(notification, Printer.Line);
            }

            return ExitCode.Done;
        });

        return command;
    }
}
