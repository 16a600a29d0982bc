using System.Text.Json.Serialization;

namespace Waybill.Notifications.StatusApi.Redeliveries;

/// <summary>Where a bulk redelivery is. Only <see cref="Running"/> is not final.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RedeliveryJobStatus>))]
public enum RedeliveryJobStatus
{
    /// <summary>At work, or waiting for an intake service that works on it.</summary>
    [JsonStringEnumMemberName("RUNNING")]
    Running,

    /// <summary>Everything in its window has been looked at.</summary>
    [JsonStringEnumMemberName("COMPLETED")]
    Completed,

    /// <summary>An operator stopped it; what it had redelivered stays so.</summary>
    [JsonStringEnumMemberName("CANCELLED")]
    Cancelled,
}

public static class RedeliveryJobStatusText
{
    /// <summary>The stored and published spelling, in upper case.</summary>
    public static string Text(this RedeliveryJobStatus status) => status switch
    {
        RedeliveryJobStatus.Running => "RUNNING",
        RedeliveryJobStatus.Completed => "COMPLETED",
        RedeliveryJobStatus.Cancelled => "CANCELLED",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Not a status of a job."),
    };

    /// <exception cref="FormatException">The text is none of the statuses.</exception>
    public static RedeliveryJobStatus Parse(string text) => text switch
    {
        "RUNNING" => RedeliveryJobStatus.Running,
        "COMPLETED" => RedeliveryJobStatus.Completed,
        "CANCELLED" => RedeliveryJobStatus.Cancelled,
        _ => throw new FormatException($"'{text}' is not a status of a job."),
    };
}
