using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Waybill.IntakeService.Submissions.Batches;
using Waybill.IntakeService.Submissions.Fields;
using Waybill.Notifications.Endpoints;

namespace Waybill.IntakeService.Events;

/// <summary>
/// What happened to a customer. It goes to each of the customer's endpoints that take its type. At most one of payload, payloadText and payloadBase64.
/// </summary>
/// <remarks>The body's shape for the OpenAPI description; <see cref="EventReader"/> reads it.</remarks>
internal record EventBody
{
    /// <summary>As JSON text.</summary>
    public const string Example = """{ "type": "order.paid", "tenant": "example-ltd", "payload": { "order": 4711, "state": "paid" }, "correlationId": "order-4711" }""";

    /// <summary>Segments of letters, digits, '_' and '-', joined by dots.</summary>
    [MaxLength(EventTypes.MaxLength)]
    public required string Type { get; init; }

    /// <summary>The owner's own id for its customer; 'waybill' is reserved.</summary>
    [StringLength(Tenants.MaxLength, MinimumLength = 1)]
    public required string Tenant { get; init; }

    /// <summary>Any JSON, sent byte for byte without the white space between its tokens; at most 256 KiB then.</summary>
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

    /// <summary>Echoed in every answer, span and log line that is about its notifications.</summary>
    [StringLength(CorrelationIdField.MaxLength, MinimumLength = 1)]
    public string? CorrelationId { get; init; }

    /// <summary>When to deliver it, with an offset; at most one year ahead. A time that has passed means now.</summary>
    public DateTimeOffset? DeliverAt { get; init; }
}

/// <summary>Events, each judged by itself.</summary>
internal sealed record EventBatchBody
{
    [MinLength(1)]
    [MaxLength(BatchReader.MaxEntries)]
    public required IReadOnlyList<EventBatchEntryBody> Events { get; init; }
}

/// <summary>An event, as when it is posted alone, with its key beside it.</summary>
internal sealed record EventBatchEntryBody : EventBody
{
    /// <summary>Makes it safe to send the entry again, alone or in a batch: it is stored and delivered once. Visible ASCII without spaces.</summary>
    [StringLength(Submissions.Fields.IdempotencyKey.MaxLength, MinimumLength = 1)]
    public string? IdempotencyKey { get; init; }
}
