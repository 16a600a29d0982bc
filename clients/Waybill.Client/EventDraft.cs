using System.Text.Json;

namespace Waybill.Client;

/// <summary>
/// What happened to a customer: it goes to each of the tenant's endpoints that take its type. At most one of the three payloads; what is null is
/// left out, and intake's default holds.
/// </summary>
public record EventDraft
{
    /// <summary>Segments of letters, digits, '_' and '-', joined by dots, such as <c>order.paid</c>; at most 128 characters.</summary>
    public required string Type { get; init; }

    /// <summary>The owner's own id for its customer.</summary>
    public required string Tenant { get; init; }

    /// <summary>Any JSON, a JsonElement of null too, sent without the white space between its tokens.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>A text, sent as UTF-8.</summary>
    public string? PayloadText { get; init; }

    /// <summary>Bytes in Base64.</summary>
    public string? PayloadBase64 { get; init; }

    public string? ContentType { get; init; }

    /// <summary>1–128 characters, echoed everywhere.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>At most one year ahead.</summary>
    public DateTimeOffset? DeliverAt { get; init; }
}

/// <summary>An entry of a batch, with a key that makes it safe to send it again.</summary>
public sealed record EventBatchDraft : EventDraft
{
    /// <summary>1–255 visible ASCII characters. The client makes one where none is given, and sends it with each attempt of the call.</summary>
    public string? IdempotencyKey { get; init; }
}

internal sealed record EventBatchDrafts(IReadOnlyList<EventBatchDraft> Events);
