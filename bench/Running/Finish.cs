using System.Diagnostics;
using Waybill.Bench.Measuring;
using Waybill.Bench.Systems;

namespace Waybill.Bench.Running;

/// <summary>Waits until what was accepted is final, by the status service's own count of transitions, as reading the records would be a load of its own.</summary>
internal static class Finish
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public static Task OfAsync(WaybillUnderTest waybill, Snapshot before, int accepted, TimeSpan deadline, CancellationToken cancellationToken) =>
        OfAsync(async token => new Totals(await waybill.Status.ReadTotalsAsync(token)).Finished, before.Totals[0].Finished + accepted, deadline, cancellationToken);

    /// <param name="finished">How many are final by now.</param>
    public static async Task OfAsync(Func<CancellationToken, Task<double>> finished, double wanted, TimeSpan deadline, CancellationToken cancellationToken)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < deadline && await finished(cancellationToken) < wanted;)
        {
            await Task.Delay(Interval, cancellationToken);
        }
    }
}
