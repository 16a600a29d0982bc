namespace Waybill.DeliveryWorker.Fairness;

/// <summary>A wait that has an end.</summary>
internal static class Turn
{
    /// <summary>
    /// What a stop leaves of a wait: as long as a claimed delivery waits at most, so that most of what is in hand is delivered and
    /// need not come back by the queue or the Dispatcher.
    /// </summary>
    public static readonly TimeSpan AfterStop = TimeSpan.FromSeconds(2);

    /// <returns>Whether it came. If not, it may come at any moment until it is withdrawn.</returns>
    public static async Task<bool> ComesAsync(Task turn, TimeSpan longest, TimeProvider clock, CancellationToken stopping)
    {
        var began = clock.GetTimestamp();

        try
        {
            await turn.WaitAsync(longest, clock, stopping);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        catch (OperationCanceledException)
        {
            var left = longest - clock.GetElapsedTime(began);
            return await ComesWithinAsync(turn, left < AfterStop ? left : AfterStop, clock);
        }
    }

    private static async Task<bool> ComesWithinAsync(Task turn, TimeSpan longest, TimeProvider clock)
    {
        try
        {
            await turn.WaitAsync(longest > TimeSpan.Zero ? longest : TimeSpan.Zero, clock);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
