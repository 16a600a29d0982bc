using System.Diagnostics;
using Waybill.Bench.Measuring;
using Waybill.Bench.Systems;

namespace Waybill.Bench.Running;

/// <summary>Waits until what was accepted is final, by the status service's own count of transitions, as reading the records would be a load of its own.</summary>
internal static class Finish
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public static async Task OfAsync(WaybillUnderTest waybill, Snapshot before, int accepted, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var finishedBefore = before.Totals[0].Finished;

        while (watch.Elapsed < deadline)
        {
            var now = new Totals(await waybill.Status.ReadTotalsAsync(cancellationToken));

            if (now.Finished - finishedBefore >= accepted)
            {
                return;
            }

            await Task.Delay(Interval, cancellationToken);
        }
    }
}
