using System.Diagnostics;
using Waybill.Bench.Measuring;
using Waybill.Bench.Offering;
using Waybill.Bench.Receiving;

namespace Waybill.Bench.Comparing;

/// <summary>What one contender took for one phase.</summary>
/// <param name="CpuMilliseconds">Of its own processes, for each delivered notification.</param>
/// <param name="BackendCpuMilliseconds">Of what it keeps them in.</param>
/// <param name="Accepted">From the moment a post was due to its 202.</param>
/// <param name="Received">From the 202 to the call at the receiver.</param>
/// <param name="Missing">Posts that were refused, and accepted ones that were not delivered exactly once.</param>
internal sealed record PhaseFigures(
    string Phase,
    double CpuMilliseconds,
    double BackendCpuMilliseconds,
    double DeliveredPerSecond,
    Percentiles Accepted,
    Percentiles Received,
    int Missing)
{
    public static PhaseFigures Of(string phase, IReadOnlyList<Offer> offers, CallLog calls, long ticks, IReadOnlyList<ProcessUse> own, IReadOnlyList<ProcessUse> backends)
    {
        var called = offers.Select(offer => (Offer: offer, At: calls.FirstCall(offer.Number))).Where(call => call.At is not null).ToList();
        var delivered = Math.Max(1, called.Count);

        return new PhaseFigures(
            phase,
            Math.Round(own.Sum(use => use.CpuMilliseconds) / delivered, 3),
            Math.Round(backends.Sum(use => use.CpuMilliseconds) / delivered, 3),
            Math.Round(called.Count / Stopwatch.GetElapsedTime(0, ticks).TotalSeconds, 1),
            Percentiles.Of(offers.Where(offer => offer.Id is not null).Select(offer => offer.AnsweredAt - offer.DueAt)),
            Percentiles.Of(called.Select(call => call.At!.Value - call.Offer.AnsweredAt)),
            offers.Count(offer => offer.Id is null || calls.Calls(offer.Number) != 1));
    }
}
