namespace Waybill.Notifications.Delivery;

/// <summary>How long to wait between attempts.</summary>
public static class RetrySchedule
{
    /// <summary>Longest wait between two attempts, also when a receiver asks for more: 24 hours.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromHours(24);

    /// <summary>Most entries that a notification's own schedule may have.</summary>
    public const int MaxEntries = 20;

    /// <summary>Seconds between attempts: 5 s, 30 s, 2 min, 10 min, 30 min, 2 h, 5 h, 10 h, 14 h; 10 attempts in all.</summary>
    public static readonly IReadOnlyList<int> Default = [5, 30, 120, 600, 1800, 7200, 18_000, 36_000, 50_400];

    /// <summary>Share by which a delay is varied in either direction, so that failures do not come back in step.</summary>
    public const double Jitter = 0.2;

    public static int MaxAttempts(IReadOnlyList<int>? schedule) => (schedule ?? Default).Count + 1;

    /// <summary>
    /// The wait before the next attempt. A receiver's own wish (<paramref name="retryAfter"/>) is never shortened,
    /// and no wait is longer than <see cref="LongestDelay"/>.
    /// </summary>
    /// <param name="schedule">Seconds between attempts; null for <see cref="Default"/>.</param>
    /// <param name="failedAttempts">Retry-eligible failures so far, the one just made included; from 1.</param>
    /// <param name="retryAfter">What the receiver's Retry-After asked for; null for none.</param>
    /// <param name="random">Uniform in [0, 1).</param>
    /// <returns>Null when no attempt is left.</returns>
    public static TimeSpan? DelayAfter(IReadOnlyList<int>? schedule, int failedAttempts, TimeSpan? retryAfter, double random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failedAttempts, 1);
        var delays = schedule ?? Default;

        if (failedAttempts > delays.Count)
        {
            return null;
        }

        var factor = 1 - Jitter + (2 * Jitter * random);
        var planned = TimeSpan.FromSeconds(delays[failedAttempts - 1] * factor);
        var wished = retryAfter ?? TimeSpan.Zero;
        var longer = planned > wished ? planned : wished;

        return longer < LongestDelay ? longer : LongestDelay;
    }
}
