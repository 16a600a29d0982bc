namespace Waybill.Notifications.Records;

/// <summary>Everything known about the attempt that was recorded last.</summary>
public sealed record DeliveryResult
{
    public required bool Success { get; init; }

    /// <summary>Whether an attempt that ended like this one may be repeated.</summary>
    public required bool RetryEligible { get; init; }

    public required DeliveryCategory Category { get; init; }

    /// <summary>HTTP status code, 100–599; null when no answer came.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The reason phrase the receiver sent, or the standard one for the code.</summary>
    public string? StatusText { get; init; }

    /// <summary>Milliseconds from the start of the attempt to its end, whichever way it ended.</summary>
    public required double ResponseTime { get; init; }

    public DeliveryTimings? Timings { get; init; }

    /// <summary>Set for every attempt that did not succeed.</summary>
    public ErrorDetails? ErrorDetails { get; init; }

    /// <summary>When the attempt ended, by the worker's clock.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>When the answer's headers arrived; null when none came.</summary>
    public DateTimeOffset? HttpResponseReceivedAt { get; init; }

    /// <summary>Seconds that the receiver asked to be left alone (<c>Retry-After</c>), 86,400 at most; null when it asked for nothing.</summary>
    public double? RetryAfter { get; init; }

    /// <summary>The attempt's number, from 1; redeliveries count on.</summary>
    public required int Attempt { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>W3C trace id of the attempt, 32 hexadecimal digits.</summary>
    public string? TraceId { get; init; }

    /// <summary>W3C span id of the attempt, 16 hexadecimal digits.</summary>
    public string? SpanId { get; init; }
}
