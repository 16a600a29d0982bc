using Waybill.Notifications.Records;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>What one call came to. Either there is a complete answer, or a <see cref="Failure"/> and as much of the answer as came.</summary>
public sealed record AttemptOutcome
{
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The whole call.</summary>
    public required double Milliseconds { get; init; }

    public DeliveryTimings? Timings { get; init; }

    /// <summary>Null when the answer is complete.</summary>
    public Failure? Failure { get; init; }

    public ReceiverResponse? Response { get; init; }

    /// <summary>The attempt's span; null where nothing traces.</summary>
    public string? TraceId { get; init; }

    public string? SpanId { get; init; }

    public Classification Classification => Failure?.Kind.Classification ?? Classification.Of(Response!.StatusCode);
}

/// <summary>What is kept of the receiver's answer.</summary>
/// <param name="ReceivedAt">When its headers came.</param>
/// <param name="RetryAfter">What the receiver asked for, at most 24 h.</param>
/// <param name="Excerpt">The start of its body, see <see cref="ResponseExcerpt"/>.</param>
public sealed record ReceiverResponse(int StatusCode, string StatusText, DateTimeOffset ReceivedAt, TimeSpan? RetryAfter, string? Excerpt);
