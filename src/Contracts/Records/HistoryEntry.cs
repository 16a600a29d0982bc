namespace Waybill.Notifications.Records;

/// <summary>One attempt in short, appended in the same write as its result. Times in UTC, durations in milliseconds.</summary>
public sealed record HistoryEntry
{
    public required int Number { get; init; }

    /// <summary>0 for the first delivery, one more for each redelivery.</summary>
    public required int Epoch { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null for an attempt whose worker never reported.</summary>
    public double? ResponseTime { get; init; }

    public int? StatusCode { get; init; }

    public required DeliveryCategory Category { get; init; }

    public string? ErrorCode { get; init; }

    /// <summary>
    /// Of an attempt that did not succeed. Of one that did, the result has them, and this entry is kept small: it is written with
    /// every notification.
    /// </summary>
    public DeliveryTimings? Timings { get; init; }

    public string? TraceId { get; init; }

    /// <summary>Which URL was called, of an event: its endpoint's may change from attempt to attempt. Null of what was posted to a URL.</summary>
    public string? Url { get; init; }
}
