using System.CommandLine;
using Waybill.Client;
using Waybill.Notifications.Records;

namespace Waybill.Cli.Input;

/// <summary>Which notifications, as <c>list</c> and <c>tail</c> ask it.</summary>
internal sealed class FilterOptions
{
    private readonly Option<string?> _status = new("--status") { Description = "In this status: PENDING, QUEUED, PROCESSING, SUCCESS or FAILED." };
    private readonly Option<string?> _host = new("--host") { Description = "With a URL of this host, with its port or without." };
    private readonly Option<string?> _correlationId = new("--correlation-id") { Description = "With this correlation id." };

    public FilterOptions() => _status.AcceptOnlyFromAmong([.. Vocabulary.Texts<NotificationStatus>()]);

    public void AddTo(Command command)
    {
        command.Options.Add(_status);
        command.Options.Add(_host);
        command.Options.Add(_correlationId);
    }

    public NotificationFilter Filter(ParseResult parsed) => new()
    {
        Status = parsed.GetValue(_status) is { } status ? NotificationStatus.Of(status) : null,
        Host = parsed.GetValue(_host),
        CorrelationId = parsed.GetValue(_correlationId),
    };
}
