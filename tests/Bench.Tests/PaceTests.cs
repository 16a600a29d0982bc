using System.Diagnostics;
using Waybill.Bench.Baselines;
using Waybill.Bench.Offering;
using Waybill.Bench.Receiving;
using Waybill.TestSupport;

namespace Waybill.Bench.Tests;

public sealed class PaceTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Nothing_goes_before_its_time_and_times_are_even_however_late_one_goes()
    {
        var pace = new Pace(perSecond: 500);
        var first = await pace.UntilAsync(0, None);

        for (var number = 1; number <= 20; number++)
        {
            var dueAt = await pace.UntilAsync(number, None);

            Assert.True(Stopwatch.GetTimestamp() >= dueAt);
            Assert.Equal(number * 0.002, (dueAt - first) / (double)Stopwatch.Frequency, 0.0001);
        }
    }

    [Fact]
    public async Task Without_a_rate_all_are_due_at_once()
    {
        var pace = new Pace(perSecond: null);

        Assert.Equal(await pace.UntilAsync(0, None), await pace.UntilAsync(1_000_000, None));
    }

    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task The_baseline_makes_its_calls_at_full_speed_and_again_at_the_rate_of_the_load()
    {
        var calls = 0;
        await using var receiver = await Receiver.StartAsync(2, _ => ValueTask.FromResult(Interlocked.Increment(ref calls) > 0 ? 200 : 500));
        receiver.Expect("run", 1);
        var loop = new BareLoop([.. receiver.Hosts.Select(host => new Uri(host, "run/0"))], payloadBytes: 100, connections: 4);

        var fast = await loop.RunAsync(50, perSecond: null, None);
        Assert.Null(fast.PacedCpuMillisecondsPerCall);
        Assert.Equal(100, calls);

        var both = await loop.RunAsync(50, perSecond: 20, None);
        Assert.InRange(both.PacedCpuMillisecondsPerCall!.Value, 0.001, double.MaxValue);
        Assert.Equal(100 + 100 + 200, calls);
    }
}
