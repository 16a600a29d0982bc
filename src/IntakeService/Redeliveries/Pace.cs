namespace Waybill.IntakeService.Redeliveries;

/// <summary>
/// Lets through so many a second, evenly. Slots that nobody took for a second are not made up for, so that no pause ends in a burst.
/// </summary>
/// <param name="ratePerSecond">1 or more.</param>
internal sealed class Pace(int ratePerSecond, TimeProvider time)
{
    private static readonly TimeSpan LongestArrears = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _interval = TimeSpan.FromSeconds(1.0 / ratePerSecond);
    private DateTimeOffset _next = time.GetUtcNow();

    /// <summary>Waits for the next slot. For one caller at a time.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var slot = _next > now - LongestArrears ? _next : now;
        _next = slot + _interval;

        if (slot > now)
        {
            await Task.Delay(slot - now, time, cancellationToken);
        }
    }
}
