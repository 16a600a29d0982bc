using Waybill.Notifications.StatusApi;
using Waybill.TestSupport;
using Waybill.TestSupport.Systems;

namespace Waybill.Faults.Tests.Support;

/// <summary>Waits for the moment to break something.</summary>
internal static class Moment
{
    /// <summary>That many calls are at the receiver at once, so that whatever breaks now hits attempts that are under way.</summary>
    public static Task InHandAsync(this CallReceiver receiver, int calls) =>
        Eventually.BecomesAsync(() => Task.FromResult(receiver.InHand.Count), count => count >= calls);

    /// <summary>The same, for calls of that worker's: leases name the process that has them.</summary>
    public static Task InHandOfAsync(this WaybillSystem system, ServiceProcess worker, int calls) =>
        Eventually.BecomesAsync(() => CountInHandAsync(system, $"-{worker.ProcessId}"), count => count >= calls);

    public static Task PassedAsync(DateTimeOffset time) =>
        Eventually.BecomesAsync(() => Task.FromResult(DateTimeOffset.UtcNow), now => now > time);

    /// <param name="texts">Any of these.</param>
    public static Task PrintsAsync(this ServiceProcess process, params string[] texts) => Eventually.BecomesAsync(
        () => Task.FromResult(process.Printed),
        printed => texts.Any(text => printed.Contains(text, StringComparison.Ordinal)));

    /// <returns>None while the status service cannot say: it is asked again.</returns>
    private static async Task<int> CountInHandAsync(WaybillSystem system, string ownerEnd)
    {
        try
        {
            return await CountLeasesAsync(system, ownerEnd);
        }
        catch (StatusUnavailableException)
        {
            return 0;
        }
    }

    private static async Task<int> CountLeasesAsync(WaybillSystem system, string ownerEnd)
    {
        var records = await Task.WhenAll(system.Receiver.InHand.Select(system.ReadAsync));
        return records.Count(record => record?.Lease?.Owner.EndsWith(ownerEnd, StringComparison.Ordinal) is true);
    }
}
