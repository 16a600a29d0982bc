using System.Globalization;
using Waybill.Cli.Output;

namespace Waybill.Cli.Commands.Listening;

/// <summary>What came of one notification here.</summary>
internal sealed record Forwarded
{
    public required string Id { get; init; }

    /// <summary><c>webhook-id</c>: the event's id.</summary>
    public required string WebhookId { get; init; }

    public string? EventType { get; init; }

    /// <summary>Null where no answer came.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Milliseconds until the answer's headers.</summary>
    public double? ResponseTime { get; init; }

    /// <summary>Why no answer came.</summary>
    public string? Error { get; init; }

    public DateTimeOffset At { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>One line.</summary>
    public static string Line(Forwarded one) => string.Join("  ",
        Words.Time(one.At),
        one.WebhookId,
        one.EventType ?? "-",
        one.StatusCode is { } status ? string.Create(CultureInfo.InvariantCulture, $"{status}  {one.ResponseTime:0.0} ms") : one.Error);
}
