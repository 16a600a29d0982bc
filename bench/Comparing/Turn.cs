using System.Diagnostics;
using Waybill.Bench.Measuring;
using Waybill.Bench.Offering;
using Waybill.Bench.Receiving;
using Waybill.Bench.Running;
using Waybill.Bench.Scenarios;
using Waybill.Bench.Systems;

namespace Waybill.Bench.Comparing;

/// <summary>One contender from its start through all phases.</summary>
/// <param name="StartSeconds">Until all of its processes served.</param>
/// <param name="PeakMegabytes">The most resident memory of one of its processes.</param>
/// <param name="Phases">In their order.</param>
internal sealed record Turn(string Contender, double StartSeconds, double PeakMegabytes, IReadOnlyList<PhaseFigures> Phases)
{
    /// <param name="rate">Of the even load, each second, by the figures of the turn until then.</param>
    /// <param name="loads">In their order.</param>
    public static async Task<Turn> RunAsync(
        string name,
        Func<CancellationToken, Task<IContender>> start,
        Func<IReadOnlyList<PhaseFigures>, double?> rate,
        IReadOnlyList<Phase> loads,
        CancellationToken cancellationToken)
    {
        await using var receiver = await Receiver.StartAsync(new Scenario(name, "").Hosts, answer: null);
        await using var contender = await start(cancellationToken);
        var phases = new List<PhaseFigures>();

        foreach (var (index, phase) in loads.Index())
        {
            var figures = await RunAsync(contender, receiver, phase, phase.IsEven ? rate(phases) : null, $"phase{index}", cancellationToken);

            if (phase.Name is not null)
            {
                phases.Add(figures);
            }
        }

        return new Turn(name, contender.StartSeconds, contender.Own.Max(use => use.PeakMegabytes), phases);
    }

    private static async Task<PhaseFigures> RunAsync(IContender contender, Receiver receiver, Phase phase, double? perSecond, string run, CancellationToken cancellationToken)
    {
        var scenario = new Scenario(run, "") { Connections = phase.Connections };
        using var client = new SubmissionClient(contender.Intake, WaybillUnderTest.Key, scenario.Connections);
        var calls = receiver.Expect(run, phase.Count);
        var load = new OpenLoop(client, scenario, receiver.Hosts, run, copies: null);

        var finishedBefore = await contender.FinishedAsync(cancellationToken);
        var (own, backends) = (contender.Own, contender.Backends);
        var started = Stopwatch.GetTimestamp();

        var offers = await load.OfferAsync(phase.Count, perSecond, cancellationToken);
        await Finish.OfAsync(contender.FinishedAsync, finishedBefore + offers.Count(offer => offer.Id is not null), TimeSpan.FromSeconds(scenario.Deadline), cancellationToken);

        var ticks = Stopwatch.GetTimestamp() - started;
        return PhaseFigures.Of(phase.Name ?? "warm-up", offers, calls, ticks, Since(contender.Own, own), Since(contender.Backends, backends));
    }

    private static List<ProcessUse> Since(IReadOnlyList<ProcessUse> now, IReadOnlyList<ProcessUse> then) => [.. now.Zip(then, (after, before) => after.Since(before))];
}
