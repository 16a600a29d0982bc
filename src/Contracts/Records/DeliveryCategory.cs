using System.Text.Json.Serialization;
using Waybill.Notifications.Json;

namespace Waybill.Notifications.Records;

/// <summary>What kind of outcome an attempt had. See docs/errors.md for which are retried.</summary>
[JsonConverter(typeof(VocabularyConverter<DeliveryCategory>))]
public readonly record struct DeliveryCategory : IVocabulary<DeliveryCategory>
{
    private readonly string? _text;

    private DeliveryCategory(string text) => _text = text;

    /// <summary>The receiver answered 2xx.</summary>
    public static DeliveryCategory Success { get; } = new("SUCCESS");

    /// <summary>3xx or 4xx; only 408, 425 and 429 are retried.</summary>
    public static DeliveryCategory ClientError { get; } = new("CLIENT_ERROR");

    /// <summary>5xx; all but 501 and 505 are retried.</summary>
    public static DeliveryCategory ServerError { get; } = new("SERVER_ERROR");

    /// <summary>The attempt's deadline passed before the answer was complete.</summary>
    public static DeliveryCategory Timeout { get; } = new("TIMEOUT");

    /// <summary>No valid HTTP answer: name not found, refused, reset, TLS or protocol failure.</summary>
    public static DeliveryCategory NetworkError { get; } = new("NETWORK_ERROR");

    /// <summary>Waybill itself did not make the call: the egress guard refused it, or it could not be signed; only the latter is retried.</summary>
    public static DeliveryCategory Blocked { get; } = new("BLOCKED");

    /// <summary>A worker's lease ended without a result, or all claims were used up.</summary>
    public static DeliveryCategory Abandoned { get; } = new("ABANDONED");

    /// <summary>The client or an operator cancelled the notification.</summary>
    public static DeliveryCategory Cancelled { get; } = new("CANCELLED");

    /// <summary>No call was made, as the endpoint was disabled.</summary>
    public static DeliveryCategory EndpointDisabled { get; } = new("ENDPOINT_DISABLED");

    public static IReadOnlyList<DeliveryCategory> Known { get; } =
        [Success, ClientError, ServerError, Timeout, NetworkError, Blocked, Abandoned, Cancelled, EndpointDisabled];

    public static DeliveryCategory Of(string text) => new(text);

    public string Text() => _text ?? "";

    public override string ToString() => Text();
}
