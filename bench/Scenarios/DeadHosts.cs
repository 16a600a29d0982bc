using System.CommandLine;
using System.Diagnostics;
using Waybill.Bench.Measuring;
using Waybill.Bench.Offering;
using Waybill.Bench.Receiving;
using Waybill.Bench.Reporting;
using Waybill.Bench.Running;
using Waybill.Bench.Systems;

namespace Waybill.Bench.Scenarios;

/// <summary>
/// The same load twice: all of it to hosts that answer, and a fifth of it to hosts that never do. What goes to the healthy
/// hosts in both is compared. The two alternate, each on a fresh Waybill, so that what else the machine does hits both.
/// </summary>
internal static class DeadHosts
{
    private const int EveryNth = 5;

    /// <summary>As for every figure of time: what the JIT does falls on whichever load comes first.</summary>
    private const int WarmUp = 5000;

    private const int SilentCount = 5;
    private const double MostP99 = 1.10;
    private const double LeastThroughput = 0.95;

    /// <summary>What the healthy hosts get within the load's time and this much more counts for the throughput.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(0.5);

    public static Command Create()
    {
        var rate = new Option<int>("--rate") { Description = "Notifications per second.", DefaultValueFactory = _ => 50 };
        var seconds = new Option<int>("--seconds") { Description = "Length of each load.", DefaultValueFactory = _ => 20 };
        var rounds = new Option<int>("--rounds") { Description = "How often the two alternate.", DefaultValueFactory = _ => 2 };

        var command = new Command("dead-hosts", "A load with and without a fifth of it for hosts that never answer; fails when healthy hosts suffer.") { rate, seconds, rounds };
        var backend = new BackendOptions();
        backend.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetValue(rate), parsed.GetValue(seconds), parsed.GetValue(rounds), backend.Choice(parsed), cancellationToken));

        return command;
    }

    private static async Task<int> RunAsync(int rate, int seconds, int rounds, BackendChoice backend, CancellationToken cancellationToken)
    {
        var without = new List<Healthy>();
        var with = new List<Healthy>();

        for (var round = 0; round < rounds; round++)
        {
            without.Add(await MeasureAsync(rate, seconds, silent: 0, backend, cancellationToken));
            with.Add(await MeasureAsync(rate, seconds, SilentCount, backend, cancellationToken));
        }

        return Tell(rate, seconds, Healthy.Together(without), Healthy.Together(with));
    }

    private static async Task<Healthy> MeasureAsync(int rate, int seconds, int silent, BackendChoice backend, CancellationToken cancellationToken)
    {
        using var silentHosts = new SilentHosts(silent);
        var healthy = new Scenario("dead-hosts", "") { Backend = backend, WarmUp = WarmUp };
        var scenario = healthy with
        {
            // Those for silent hosts are not final by then.
            Deadline = 5,
            Destination = (number, hosts) => IsHealthy(number) || silent == 0
                ? healthy.Destination(number, hosts)
                : new Destination(silentHosts.Urls[number / EveryNth % silent]),
        };

        await using var receiver = await Receiver.StartAsync(healthy.Hosts, answer: null);
        await using var waybill = await WaybillUnderTest.StartAsync(healthy.Backend, healthy.Workers, healthy.Settings, cancellationToken);

        await new LoadRun(waybill, receiver, healthy).RunAsync("warm-up", healthy.WarmUp, perSecond: null, cancellationToken);
        var load = await new LoadRun(waybill, receiver, scenario).RunAsync("measured", rate * seconds, rate, cancellationToken);

        return Healthy.Of(load, seconds);
    }

    private static bool IsHealthy(int number) => number % EveryNth != 0;

    private static int Tell(int rate, int seconds, Healthy without, Healthy with)
    {
        var p99 = with.Latency.P99 / without.Latency.P99;
        var throughput = with.PerSecond / without.PerSecond;
        var holds = p99 <= MostP99 && throughput >= LeastThroughput && with.Missing == 0;

        Console.WriteLine(FormattableString.Invariant($"dead-hosts: {rate}/s for {seconds} s, {without.Loads} times without and with every {EveryNth}th to one of {SilentCount} hosts that never answer"));
        Console.WriteLine("  the other notifications, from when they were due at intake to their call at the receiver:");
        Console.WriteLine($"  without  {without}");
        Console.WriteLine($"  with     {with}");
        Console.WriteLine(FormattableString.Invariant($"  p99 ratio        {p99:0.000}  (at most {MostP99:0.00})"));
        Console.WriteLine(FormattableString.Invariant($"  throughput ratio {throughput:0.000}  (at least {LeastThroughput:0.00})"));
        Console.WriteLine($"  {Machine.This}");
        Console.WriteLine(holds ? "held" : "NOT HELD");

        return holds ? 0 : 1;
    }

    /// <summary>How the notifications fared that go to healthy hosts in both loads.</summary>
    private sealed record Healthy(int Loads, IReadOnlyList<long> Ticks, double PerSecond, int Missing)
    {
        public Percentiles Latency { get; } = Percentiles.Of(Ticks);

        public static Healthy Of(LoadResult load, int seconds)
        {
            var offers = load.Offers.Where(offer => IsHealthy(offer.Number)).ToList();
            var end = load.Started + (long)((seconds + Late.TotalSeconds) * Stopwatch.Frequency);
            var calls = offers.Select(offer => (offer.DueAt, At: load.Calls.FirstCall(offer.Number))).ToList();

            return new Healthy(
                1,
                [.. calls.Select(call => call.At - call.DueAt).OfType<long>()],
                calls.Count(call => call.At <= end) / (double)seconds,
                calls.Count(call => call.At is null));
        }

        public static Healthy Together(IReadOnlyList<Healthy> all) =>
            new(all.Count, [.. all.SelectMany(one => one.Ticks)], all.Average(one => one.PerSecond), all.Sum(one => one.Missing));

        public override string ToString() => FormattableString.Invariant($"{Latency}   {PerSecond:0.0}/s   {Missing} missing");
    }
}
