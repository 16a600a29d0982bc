namespace Waybill.TestSupport.Systems;

/// <summary>What a <see cref="Load"/> posts.</summary>
public sealed record LoadShape
{
    public int Count { get; init; } = 1;

    public int PerSecond { get; init; } = 50;

    /// <summary>Of one attempt; the due times of what a fault leaves behind follow from it.</summary>
    public int TimeoutSeconds { get; init; } = 15;

    /// <summary>Seconds; null for the default schedule.</summary>
    public IReadOnlyList<int>? RetrySchedule { get; init; }

    public DateTimeOffset? DeliverAt { get; init; }
}
