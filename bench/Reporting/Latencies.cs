using System.Diagnostics;
using Waybill.Bench.Measuring;
using Waybill.Bench.Offering;
using Waybill.Bench.Running;

namespace Waybill.Bench.Reporting;

/// <summary>Times of a group of notifications.</summary>
/// <param name="Group">Null: all.</param>
/// <param name="ToAnswer">From when the post was due, not from when a place was free for it, to the 202.</param>
/// <param name="ToReceiver">From the 202 to the first call; one that came before the client had its 202 counts as 0.</param>
/// <param name="ToSuccess">From the 202 to the record's deliveredAt, in whole milliseconds: the moment of the last write.</param>
internal sealed record Latencies(string? Group, int Count, Percentiles ToAnswer, Percentiles ToReceiver, Percentiles ToSuccess)
{
    /// <summary>All together, and each group where there are any.</summary>
    public static IReadOnlyList<Latencies> Of(LoadResult load)
    {
        var accepted = load.Offers.Where(offer => offer.Id is not null).ToList();
        var groups = accepted.Where(offer => offer.Destination.Group is not null).GroupBy(offer => offer.Destination.Group);

        return [Of(load, null, accepted), .. groups.Select(group => Of(load, group.Key, group))];
    }

    private static Latencies Of(LoadResult load, string? group, IEnumerable<Offer> offers)
    {
        var all = offers.ToList();

        return new Latencies(
            group,
            all.Count,
            Percentiles.Of(all.Select(offer => offer.AnsweredAt - offer.DueAt)),
            Percentiles.Of(all.Select(offer => load.Calls.FirstCall(offer.Number) - offer.AnsweredAt).OfType<long>()),
            Percentiles.Of(all.Select(offer => DeliveredAt(load, offer) - offer.AnsweredAt).OfType<long>()));
    }

    /// <summary>The record's time as a Stopwatch time: all processes share one clock, which the load's start ties to the Stopwatch.</summary>
    private static long? DeliveredAt(LoadResult load, Offer offer)
    {
        var delivered = load.Records.GetValueOrDefault(offer.Id!)?.DeliveredAt - load.StartedAt;
        return delivered is { } since ? load.Started + (long)(since.TotalSeconds * Stopwatch.Frequency) : null;
    }
}
