using System.Diagnostics;
using Waybill.Bench.Measuring;
using Waybill.Bench.Systems;

namespace Waybill.Bench.Asking;

/// <summary>Asks again and again, one after the other, and reads each time what the status service has used.</summary>
internal sealed class Meter(MeasuredService status, int times)
{
    /// <summary>Before what is measured, at most: the first answers are the compiler's.</summary>
    private const int MostWarmUp = 30;

    public async Task<Figures> MeasureAsync(string question, Limits limits, Func<Task> ask, CancellationToken cancellationToken, Func<Task>? before = null)
    {
        var asked = new List<(AwsUse Use, long Ticks)>();

        for (var number = -Math.Min(times, MostWarmUp); number < times; number++)
        {
            await (before?.Invoke() ?? Task.CompletedTask);

            var then = new Totals(await status.ReadTotalsAsync(cancellationToken));
            var started = Stopwatch.GetTimestamp();
            await ask();
            var ticks = Stopwatch.GetTimestamp() - started;
            var now = new Totals(await status.ReadTotalsAsync(cancellationToken));

            if (number >= 0)
            {
                asked.Add((AwsUse.Of([now.Since(then)], notifications: 1), ticks));
            }
        }

        return Figures.Of(question, limits, asked);
    }
}
