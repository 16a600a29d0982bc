using System.Text.Json.Serialization;

namespace Waybill.Notifications.Records;

/// <summary>
/// Where a notification is. <see cref="Failed"/> with a next attempt time waits for its retry;
/// <see cref="Failed"/> without one, and <see cref="Success"/>, are final.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<NotificationStatus>))]
public enum NotificationStatus
{
    [JsonStringEnumMemberName("PENDING")]
    Pending,

    [JsonStringEnumMemberName("QUEUED")]
    Queued,

    [JsonStringEnumMemberName("PROCESSING")]
    Processing,

    [JsonStringEnumMemberName("SUCCESS")]
    Success,

    [JsonStringEnumMemberName("FAILED")]
    Failed,
}

public static class NotificationStatusText
{
    /// <summary>The stored and published spelling, in upper case.</summary>
    public static string Text(this NotificationStatus status) => status switch
    {
        NotificationStatus.Pending => "PENDING",
        NotificationStatus.Queued => "QUEUED",
        NotificationStatus.Processing => "PROCESSING",
        NotificationStatus.Success => "SUCCESS",
        NotificationStatus.Failed => "FAILED",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Not a notification status."),
    };

    /// <exception cref="FormatException">The text is none of the five statuses.</exception>
    public static NotificationStatus Parse(string text) => text switch
    {
        "PENDING" => NotificationStatus.Pending,
        "QUEUED" => NotificationStatus.Queued,
        "PROCESSING" => NotificationStatus.Processing,
        "SUCCESS" => NotificationStatus.Success,
        "FAILED" => NotificationStatus.Failed,
        _ => throw new FormatException($"'{text}' is not a notification status."),
    };
}
