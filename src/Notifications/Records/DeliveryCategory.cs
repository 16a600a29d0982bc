using System.Text.Json.Serialization;

namespace Waybill.Notifications.Records;

/// <summary>What kind of outcome an attempt had. See docs/architecture.md for which are retried.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeliveryCategory>))]
public enum DeliveryCategory
{
    /// <summary>The receiver answered 2xx.</summary>
    [JsonStringEnumMemberName("SUCCESS")]
    Success,

    /// <summary>3xx or 4xx; only 408, 425 and 429 are retried.</summary>
    [JsonStringEnumMemberName("CLIENT_ERROR")]
    ClientError,

    /// <summary>5xx; all but 501 and 505 are retried.</summary>
    [JsonStringEnumMemberName("SERVER_ERROR")]
    ServerError,

    /// <summary>The attempt's deadline passed before the answer was complete.</summary>
    [JsonStringEnumMemberName("TIMEOUT")]
    Timeout,

    /// <summary>No valid HTTP answer: name not found, refused, reset, TLS or protocol failure.</summary>
    [JsonStringEnumMemberName("NETWORK_ERROR")]
    NetworkError,

    /// <summary>The egress guard refused the address; never retried.</summary>
    [JsonStringEnumMemberName("BLOCKED")]
    Blocked,

    /// <summary>A worker's lease ended without a result, or all claims were used up.</summary>
    [JsonStringEnumMemberName("ABANDONED")]
    Abandoned,

    /// <summary>The client or an operator cancelled the notification.</summary>
    [JsonStringEnumMemberName("CANCELLED")]
    Cancelled,
}

public static class DeliveryCategoryText
{
    private static readonly Dictionary<string, DeliveryCategory> ByText =
        Enum.GetValues<DeliveryCategory>().ToDictionary(category => category.Text());

    /// <summary>The stored and published spelling, in upper case.</summary>
    public static string Text(this DeliveryCategory category) => category switch
    {
        DeliveryCategory.Success => "SUCCESS",
        DeliveryCategory.ClientError => "CLIENT_ERROR",
        DeliveryCategory.ServerError => "SERVER_ERROR",
        DeliveryCategory.Timeout => "TIMEOUT",
        DeliveryCategory.NetworkError => "NETWORK_ERROR",
        DeliveryCategory.Blocked => "BLOCKED",
        DeliveryCategory.Abandoned => "ABANDONED",
        DeliveryCategory.Cancelled => "CANCELLED",
        _ => throw new ArgumentOutOfRangeException(nameof(category), category, "Not a delivery category."),
    };

    /// <exception cref="FormatException">The text is none of the categories.</exception>
    public static DeliveryCategory Parse(string text) =>
        ByText.TryGetValue(text, out var category) ? category : throw new FormatException($"'{text}' is not a delivery category.");
}
