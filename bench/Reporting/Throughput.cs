using System.Diagnostics;
using Waybill.Bench.Running;

namespace Waybill.Bench.Reporting;

/// <summary>How fast, from the first post to the last 202 and to the last first call.</summary>
/// <param name="AcceptedEachSecond">202s in each second from the start; for the chart.</param>
/// <param name="DeliveredEachSecond">First calls in each second from the start.</param>
/// <param name="LatestPost">How long the load itself was late at most, in ms: a load at fixed times that is late by much measures itself.</param>
internal sealed record Throughput(
    double AcceptedPerSecond,
    double DeliveredPerSecond,
    IReadOnlyList<int> AcceptedEachSecond,
    IReadOnlyList<int> DeliveredEachSecond,
    double LatestPost)
{
    public static Throughput Of(LoadResult load)
    {
        var accepted = load.Offers.Where(offer => offer.Id is not null).ToList();
        var answers = accepted.Select(offer => Seconds(offer.AnsweredAt)).ToList();
        var calls = accepted.Select(offer => load.Calls.FirstCall(offer.Number)).OfType<long>().Select(Seconds).ToList();

        return new Throughput(
            Rate(answers),
            Rate(calls),
            EachSecond(answers),
            EachSecond(calls),
            Math.Round(load.Offers.Max(offer => Stopwatch.GetElapsedTime(offer.DueAt, offer.PostedAt).TotalMilliseconds), 1));

        double Seconds(long time) => Stopwatch.GetElapsedTime(load.Started, time).TotalSeconds;
    }

    private static double Rate(List<double> seconds) => seconds.Count == 0 ? 0 : Math.Round(seconds.Count / seconds.Max(), 1);

    private static int[] EachSecond(List<double> seconds)
    {
        var counts = new int[seconds.Count == 0 ? 0 : (int)seconds.Max() + 1];

        foreach (var second in seconds)
        {
            counts[(int)second]++;
        }

        return counts;
    }
}
