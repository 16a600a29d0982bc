using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Waybill.IntakeService.Submissions.Fields;
using Waybill.Notifications.Delivery;

namespace Waybill.IntakeService.Submissions;

/// <summary>
/// A notification to deliver. At most one of payload, payloadText and payloadBase64. Any field but payload that is null counts as left out.
/// </summary>
/// <remarks>The body's shape for the OpenAPI description; <see cref="SubmissionParser"/> reads it.</remarks>
public record SubmissionBody
{
    /// <summary>
    /// Absolute http or https URL without user info and fragment. Path and query are sent byte for byte; characters other than ASCII are
    /// percent-encoded, and count as they are then, too.
    /// </summary>
    [MaxLength(UrlField.MaxLength)]
    public required string Url { get; init; }

    [DefaultValue(MethodField.Default)]
    public string? Method { get; init; }

    /// <summary>
    /// At most 32. Names are HTTP tokens of at most 128 characters; values visible ASCII, space and tab, at most 4,096
    /// characters; 16 KiB in all. Refused: Host, Content-Length, Content-Type, Expect, hop-by-hop headers, traceparent,
    /// tracestate and names that start with webhook-.
    /// </summary>
    public Dictionary<string, string>? Headers { get; init; }

    /// <summary>
    /// Any JSON, sent byte for byte without the white space between its tokens; at most 256 KiB then. Null is sent as null, but counts as
    /// left out beside another payload and with GET.
    /// </summary>
    public JsonElement Payload { get; init; }

    /// <summary>A text, sent as UTF-8; at most 256 KiB then.</summary>
    public string? PayloadText { get; init; }

    /// <summary>Bytes in Base64; at most 256 KiB decoded.</summary>
    public string? PayloadBase64 { get; init; }

    /// <summary>
    /// Default: application/json for payload, text/plain; charset=utf-8 for payloadText, application/octet-stream for payloadBase64.
    /// </summary>
    [MaxLength(ContentTypeField.MaxLength)]
    public string? ContentType { get; init; }

    /// <summary>Echoed in every answer, span and log line that is about the notification.</summary>
    [StringLength(CorrelationIdField.MaxLength, MinimumLength = 1)]
    public string? CorrelationId { get; init; }

    /// <summary>Longest time for one whole attempt.</summary>
    [Range(DeliveryTiming.MinTimeoutSeconds, DeliveryTiming.MaxTimeoutSeconds)]
    [DefaultValue(DeliveryTiming.DefaultTimeoutSeconds)]
    public int? TimeoutSeconds { get; init; }

    /// <summary>Seconds between attempts, each from 0 to 86,400; an empty array is one attempt. Default: ten attempts over about 31 hours.</summary>
    [MaxLength(Notifications.Delivery.RetrySchedule.MaxEntries)]
    public IReadOnlyList<int>? RetrySchedule { get; init; }

    /// <summary>When to deliver it, with an offset; at most one year ahead. A time that has passed means now.</summary>
    public DateTimeOffset? DeliverAt { get; init; }

    /// <summary>
    /// Whether the owner's endpoints of the tenant waybill are to get an event waybill.notification.succeeded when it is delivered. They get
    /// waybill.notification.failed whatever this says.
    /// </summary>
    [DefaultValue(false)]
    public bool? Notify { get; init; }
}
