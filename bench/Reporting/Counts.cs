using Waybill.Bench.Running;
using Waybill.Notifications.Records;

namespace Waybill.Bench.Reporting;

/// <summary>What became of the offered notifications. All is well when accepted, delivered and recorded are equal, and no call was too many.</summary>
internal sealed record Counts
{
    private const int MostExamples = 5;

    public required int Offered { get; init; }

    /// <summary>Answered with 202.</summary>
    public required int Accepted { get; init; }

    /// <summary>Of the accepted, those whose call came.</summary>
    public required int Delivered { get; init; }

    /// <summary>Of the accepted, those whose record says SUCCESS.</summary>
    public required int Recorded { get; init; }

    /// <summary>All calls that came.</summary>
    public required int Calls { get; init; }

    /// <summary>Calls that no record knows of.</summary>
    public required int ExtraCalls { get; init; }

    public bool AreEqual => Accepted > 0 && Accepted == Delivered && Delivered == Recorded && ExtraCalls == 0;

    /// <summary>Why requests were not accepted, each with how often.</summary>
    public required IReadOnlyDictionary<string, int> Refusals { get; init; }

    /// <summary>Accepted, but not delivered or not recorded at the deadline; the first few.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    public static Counts Of(LoadResult load)
    {
        var accepted = load.Offers.Where(offer => offer.Id is not null).ToList();
        var succeeded = accepted.Where(offer => load.Records.GetValueOrDefault(offer.Id!)?.Status == NotificationStatus.Success).ToHashSet();

        return new Counts
        {
            Offered = load.Offers.Count,
            Accepted = accepted.Count,
            Delivered = accepted.Count(offer => load.Calls.Calls(offer.Number) > 0),
            Recorded = succeeded.Count,
            Calls = load.Offers.Sum(offer => load.Calls.Calls(offer.Number)),
            ExtraCalls = accepted.Sum(offer => Math.Max(0, load.Calls.Calls(offer.Number) - (load.Records.GetValueOrDefault(offer.Id!)?.History.Count ?? 0))),
            Refusals = load.Offers.Where(offer => offer.Problem is not null).CountBy(offer => offer.Problem!).ToDictionary(),
            Missing = [.. accepted.Where(offer => !succeeded.Contains(offer)).Take(MostExamples).Select(offer => $"{offer.Id} is {load.Records.GetValueOrDefault(offer.Id!)?.Status.Text() ?? "absent"}")],
        };
    }
}
