using System.CommandLine;
using Waybill.Cli;
using Waybill.Cli.Commands;
using Waybill.Cli.Commands.Endpoints;
using Waybill.Cli.Commands.Listening;

var connection = new ConnectionOptions();

var root = new RootCommand("Sends, reads, watches and redelivers notifications of Waybill, and publishes events to its endpoints.")
{
    SendCommand.Create(connection),
    GetCommand.Create(connection),
    WatchCommand.Create(connection),
    ListCommand.Create(connection),
    ExportCommand.Create(connection),
    RedeliverCommand.Create(connection),
    TailCommand.Create(connection),
    ListenCommand.Create(connection),
    EndpointsCommand.Create(connection),
    PublishCommand.Create(connection),
    EventsCommand.Create(connection),
};

connection.AddTo(root);

var parsed = root.Parse(args);

// The library's own code for wrong usage is 1, which here means that a notification FAILED.
return parsed.Errors.Count > 0
    ? UsageError.Report(parsed)
    : await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
