using System.Diagnostics;
using Waybill.Bench.Receiving;
using Waybill.Bench.Running;

namespace Waybill.Bench.Reporting;

/// <summary>How an endpoint's own rate was kept to, over all workers.</summary>
/// <param name="Rate">The endpoint's, calls a second.</param>
/// <param name="Offered">Events a second; null: all at once.</param>
/// <param name="Busiest">Calls in the worst second at the receiver, wherever it begins, as a share of the rate.</param>
/// <param name="Used">Calls a second as a share of the rate, until nine tenths were made; of a backlog not before it is posted and the workers know of the rate.</param>
/// <param name="TicketWrites">A second and worker, while calls were made.</param>
/// <param name="Releases">For each delivered one.</param>
/// <param name="BusiestWorker">Its part of all calls: what one has more than the others its own slots carry less of.</param>
/// <param name="Delivered">Each event once.</param>
internal sealed record PacedFigures(int Rate, double? Offered, int Events, double Busiest, double Used, double TicketWrites, double Releases, double BusiestWorker, bool Delivered)
{
    private const double Most = 1.1;
    private const double Least = 0.9;

    /// <summary>Of all calls: the last ones are not a backlog any more.</summary>
    private const double Backlog = 0.9;

    private static readonly TimeSpan Start = TimeSpan.FromSeconds(3);

    /// <param name="times">Of the calls, in their order.</param>
    public static PacedFigures Of(int rate, double? offered, FanOutResult result, IReadOnlyList<long> times, int workers)
    {
        var began = offered is null ? times[0] + (long)(Start.TotalSeconds * Stopwatch.Frequency) : times[0];
        var first = times.Count(time => time < began);
        var last = (int)(times.Count * Backlog) - 1;
        var seconds = Stopwatch.GetElapsedTime(times[0], times[^1]).TotalSeconds;
        var releases = result.Use.Totals.Sum(service => service.Sum("waybill.transitions", tags => tags[0] == "Release"));

        return new PacedFigures(
            rate,
            offered,
            result.Events,
            Math.Round(CallTimes.MostInASecond(times) / (double)rate, 3),
            Math.Round((last - first) / Stopwatch.GetElapsedTime(times[first], times[last]).TotalSeconds / rate, 3),
            Math.Round(result.Use.Totals.Sum(service => service["waybill.tickets.requests"]) / Math.Max(1, seconds) / workers, 3),
            Math.Round(releases / Math.Max(1, result.Delivered), 3),
            Math.Round(result.Use.Totals.Max(service => service.Of("waybill.attempts").Sum(each => each.Value)) / Math.Max(1, times.Count), 2),
            result.IsComplete);
    }

    public bool Holds => Delivered && Busiest <= Most && TicketWrites <= 1 && (Offered is null ? Used >= Least : TicketWrites == 0);

    public override string ToString() => FormattableString.Invariant(
        $"  {Rate,4} a second, {(Offered is { } offered ? $"{offered:0.#} offered" : $"a backlog of {Events}"),-18}  busiest second {Busiest,5:0.00}   used {Used,5:0.00}   ticket writes {TicketWrites,5:0.00}   releases {Releases,5:0.00}   busiest worker {BusiestWorker,4:0.00}   {(Delivered ? "" : "NOT all delivered once, ")}{(Holds ? "held" : "NOT HELD")}");
}
