namespace Waybill.Client.EntityFrameworkCore.Relay;

/// <summary>How one sender goes on after what it has met: slower while Waybill takes nothing, and in smaller batches while one may have a row in it that is to blame.</summary>
internal sealed class Pace(WaybillOutboxOptions options)
{
    private int _failures;

    /// <summary>The most rows of the next batch.</summary>
    public int BatchSize { get; private set; } = options.BatchSize;

    public void Succeeded()
    {
        _failures = 0;
        BatchSize = Math.Min(BatchSize * 2, options.BatchSize);
    }

    /// <returns>The pause before the next.</returns>
    public TimeSpan Failed(TimeSpan? retryAfter, bool mayBeOfRows)
    {
        if (mayBeOfRows)
        {
            BatchSize = Math.Max(1, BatchSize / 2);
        }

        _failures++;
        return Backoff.After(_failures, retryAfter, options.MaxPause, Random.Shared.NextDouble());
    }
}
