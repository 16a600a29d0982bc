using System.Text.Json;

namespace Waybill.Client;

/// <summary>
/// A notification to deliver. At most one of the three payloads; what is null is left out, and intake's default holds.
/// Intake says what is allowed: a draft that is not is answered with a <see cref="WaybillProblemException"/> that names each field.
/// </summary>
public record NotificationDraft
{
    /// <summary>Absolute http or https URL, at most 2,048 characters.</summary>
    public required string Url { get; init; }

    /// <summary>POST (the default), PUT, PATCH, DELETE or GET.</summary>
    public string? Method { get; init; }

    /// <summary>At most 32.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Any JSON, a JsonElement of null too, sent without the white space between its tokens.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>A text, sent as UTF-8.</summary>
    public string? PayloadText { get; init; }

    /// <summary>Bytes in Base64.</summary>
    public string? PayloadBase64 { get; init; }

    public string? ContentType { get; init; }

    /// <summary>1–128 characters, echoed everywhere.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>1–30 seconds for one whole attempt; 15 by default.</summary>
    public int? TimeoutSeconds { get; init; }

    /// <summary>Seconds between attempts; empty for a single attempt.</summary>
    public IReadOnlyList<int>? RetrySchedule { get; init; }

    /// <summary>At most one year ahead.</summary>
    public DateTimeOffset? DeliverAt { get; init; }

    /// <summary>Whether its owner's endpoints of the tenant waybill get an event when it is delivered; false by default.</summary>
    public bool? Notify { get; init; }
}

/// <summary>An entry of a batch, with a key that makes it safe to send it again.</summary>
public sealed record BatchDraft : NotificationDraft
{
    /// <summary>1–255 visible ASCII characters. The client makes one where none is given, and sends it with each attempt of the call.</summary>
    public string? IdempotencyKey { get; init; }
}
