using System.CommandLine;
using System.Diagnostics;
using Waybill.Bench.Measuring;
using Waybill.Bench.Receiving;
using Waybill.Bench.Reporting;
using Waybill.Bench.Running;
using Waybill.Bench.Systems;

namespace Waybill.Bench.Scenarios;

/// <summary>
/// The first notifications after a start, to receivers that answer at once and that no worker knows: each must reach its receiver soon after its
/// 202. And a load in whose middle a worker of two restarts, as in a deployment, so that every host is new to it.
/// </summary>
internal static class Cold
{
    private const double MostP99 = 1000;
    private const double MostMax = 2000;
    private const double Late = 3000;

    /// <summary>Accept, Queue, Claim, Succeed; one that was given back has more.</summary>
    private const int VersionAtOnce = 4;

    /// <summary>Of the machine's cores; with more taken by processes that are none of this run, its figures say nothing.</summary>
    private const double MostOfOthers = 0.1;

    /// <summary>Notifications a second where a worker restarts: so the load is longer than the restart.</summary>
    private const double RestartRate = 100;

    private static readonly TimeSpan RestartAfter = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var count = new Option<int>("--count") { Description = "Notifications in each run.", DefaultValueFactory = _ => 1000 };
        var posts = Numbers("--posts", "Posts at a time; several are runs of their own.", 1, 16, 64);
        var hosts = Numbers("--hosts", "Receivers, 60,000 at most; several are runs of their own.", 1, 8, 500);
        var command = new Command("cold", "The first notifications after a start, and a restart in mid-load; fails when one reaches its receiver later than a second (p99) or two (max) after its 202.") { count, posts, hosts };
        var backend = new BackendOptions();
        backend.AddTo(command);

        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(count),
            parsed.GetValue(posts)!.SelectMany(_ => parsed.GetValue(hosts)!, (post, host) => (post, host)),
            backend.Choice(parsed),
            cancellationToken));

        return command;
    }

    private static Option<int[]> Numbers(string name, string description, params int[] standard) => new(name)
    {
        Description = description,
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => standard,
    };

    private static async Task<int> RunAsync(int count, IEnumerable<(int Posts, int Hosts)> starts, BackendChoice backend, CancellationToken cancellationToken)
    {
        var verdicts = new List<Verdict>();
        Console.WriteLine(FormattableString.Invariant($"cold: {count} notifications, from the 202 to the call at the receiver, {backend}"));

        foreach (var (posts, hosts) in starts)
        {
            var scenario = new Scenario("cold", "") { Backend = backend, Connections = posts, Hosts = hosts };
            verdicts.Add(await MeasureAsync($"{posts,2} posts at a time, {hosts,3} hosts", scenario, count, restarts: false, cancellationToken));
        }

        var restart = new Scenario("cold", "") { Backend = backend, Workers = 2, Connections = 16 };
        verdicts.Add(await MeasureAsync("one of two workers restarts", restart, count, restarts: true, cancellationToken));

        Console.WriteLine(FormattableString.Invariant($"  at most p99 {MostP99:0} ms, max {MostMax:0} ms"));
        Console.WriteLine($"  {Machine.This}");
        Console.WriteLine(verdicts.Contains(Verdict.NotHeld) ? "NOT HELD" : verdicts.Contains(Verdict.Disturbed) ? "says nothing: the machine had other things to do" : "held");

        return verdicts.Contains(Verdict.NotHeld) ? 1 : verdicts.Contains(Verdict.Disturbed) ? 2 : 0;
    }

    private static async Task<Verdict> MeasureAsync(string name, Scenario scenario, int count, bool restarts, CancellationToken cancellationToken)
    {
        await using var receiver = await Receiver.StartAsync(scenario.Hosts, answer: null);
        await using var waybill = await WaybillUnderTest.StartAsync(scenario.Backend, scenario.Workers, scenario.Settings, cancellationToken);

        var before = MachineUse.Read();
        var run = new LoadRun(waybill, receiver, scenario);
        var load = restarts
            ? await run.RunAsync("cold", count, RestartRate, cancellationToken, meanwhile: RestartAsync)
            : await run.RunAsync("cold", count, perSecond: null, cancellationToken);

        return Tell(name, load, MachineUse.Read().Since(before));

        async Task RestartAsync()
        {
            await Task.Delay(RestartAfter, cancellationToken);
            await waybill.Workers[0].RestartAsync();
        }
    }

    private static Verdict Tell(string name, LoadResult load, MachineUse machine)
    {
        var calls = load.Offers.Select(offer => (Offer: offer, At: load.Calls.FirstCall(offer.Number))).ToList();
        var missing = calls.Count(call => call.Offer.Id is null || call.At is null);
        var ticks = calls.Select(call => call.At - call.Offer.AnsweredAt).OfType<long>().ToList();
        var latency = Percentiles.Of(ticks);
        var late = ticks.Count(tick => tick * 1000.0 / Stopwatch.Frequency >= Late);

        var givenBack = load.Records.Values.Count(record => record.Version > VersionAtOnce);

        var own = load.Use.Services.Concat(load.Use.Others).Sum(use => Math.Max(0, use.CpuMilliseconds)) / 1000;
        var others = machine.All == 0 ? 0 : Math.Max(0, machine.Busy - own) / machine.All;
        var holds = latency.P99 < MostP99 && latency.Max < MostMax && missing == 0;

        Console.WriteLine(FormattableString.Invariant(
            $"  {name,-32}  p50 {latency.P50,7:0.0}   p99 {latency.P99,8:0.0}   max {latency.Max,8:0.0} ms   {late,3} at {Late / 1000:0} s and more   {missing} missing   {givenBack} given back   CPU {own:0.0} s of {machine.All:0.0}, others {others:0 %}"));

        return holds ? Verdict.Held : others > MostOfOthers ? Verdict.Disturbed : Verdict.NotHeld;
    }

    private enum Verdict
    {
        Held,
        NotHeld,

        /// <summary>Not held, and other processes took part of the cores.</summary>
        Disturbed,
    }
}
