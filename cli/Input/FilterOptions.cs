using System.CommandLine;
using Waybill.Client;
using Waybill.Notifications.Records;

namespace Waybill.Cli.Input;

/// <summary>Which notifications, as <c>list</c>, <c>export</c> and <c>tail</c> ask it.</summary>
internal sealed class FilterOptions
{
    private readonly Option<string?> _status = new("--status") { Description = "In this status: PENDING, QUEUED, PROCESSING, SUCCESS or FAILED." };
    private readonly Option<bool?> _final = new("--final") { Description = "What will not change any more; with 'false' what is open, FAILED that waits for a retry too." };
    private readonly Option<string?> _category = Category("With this category of the last result");
    private readonly Option<string?> _host = new("--host") { Description = "With a URL of this host, with its port or without." };
    private readonly Option<string?> _correlationId = new("--correlation-id") { Description = "With this correlation id." };
    private readonly Option<string?> _tenant = new("--tenant", "-t") { Description = "Of events of this tenant." };
    private readonly Option<string?> _endpoint = new("--endpoint") { Description = "Of events, for the endpoint with this id." };
    private readonly Option<string?> _eventType = new("--event-type") { Description = "Of events of exactly this type." };
    private readonly Option<string?> _owner = new("--owner") { Description = "Of this owner (operators; others see their own only)." };

    public FilterOptions() => _status.AcceptOnlyFromAmong([.. Vocabulary.Texts<NotificationStatus>()]);

    /// <param name="description">Is completed by an example.</param>
    public static Option<string?> Category(string description)
    {
        var category = new Option<string?>("--category") { Description = $"{description}, such as {DeliveryCategory.ServerError.Text()}." };
        category.AcceptOnlyFromAmong([.. Vocabulary.Texts<DeliveryCategory>()]);
        return category;
    }

    public void AddTo(Command command)
    {
        Option[] options = [_status, _final, _category, _host, _correlationId, _tenant, _endpoint, _eventType, _owner];

        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    public NotificationFilter Filter(ParseResult parsed) => new()
    {
        Status = parsed.GetValue(_status) is { } status ? NotificationStatus.Of(status) : null,
        Final = parsed.GetValue(_final),
        Category = parsed.GetValue(_category) is { } category ? DeliveryCategory.Of(category) : null,
        Host = parsed.GetValue(_host),
        CorrelationId = parsed.GetValue(_correlationId),
        Tenant = parsed.GetValue(_tenant),
        EndpointId = parsed.GetValue(_endpoint),
        EventType = parsed.GetValue(_eventType),
        Owner = parsed.GetValue(_owner),
    };
}
