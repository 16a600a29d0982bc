using System.Diagnostics;
using System.Text.Json;
using Waybill.Bench.Checking;
using Waybill.Bench.Offering;
using Waybill.Bench.Receiving;

namespace Waybill.Bench.Reporting;

/// <summary>The figures of one burst. A delivery counts when its call arrives at the bench's own receiver.</summary>
internal sealed record BurstReport
{
    private const int MostExamples = 10;

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public required int Offered { get; init; }

    /// <summary>Answered with 202.</summary>
    public required int Accepted { get; init; }

    /// <summary>Of the accepted, those whose call has arrived.</summary>
    public required int Delivered { get; init; }

    /// <summary>Of the accepted, those whose record says SUCCESS.</summary>
    public required int Recorded { get; init; }

    /// <summary>Calls beyond the first for a notification.</summary>
    public required int Duplicates { get; init; }

    /// <summary>From the first request to the last 202.</summary>
    public required double AcceptedPerSecond { get; init; }

    /// <summary>From the first request to the last arrival.</summary>
    public required double DeliveredPerSecond { get; init; }

    /// <summary>From the first request until every record was read as SUCCESS.</summary>
    public required double SecondsUntilRecorded { get; init; }

    public required Durations PostToAnswer { get; init; }

    /// <summary>A call that arrives before the client has its 202 counts as 0.</summary>
    public required Durations AnswerToDelivered { get; init; }

    /// <summary>Why requests were not accepted, each with how often.</summary>
    public required IReadOnlyDictionary<string, int> Refusals { get; init; }

    /// <summary>Accepted, but not delivered or not recorded at the deadline; the first few.</summary>
    public required IReadOnlyList<Outcome> Missing { get; init; }

    public bool IsComplete => Offered == Accepted && Accepted == Delivered && Delivered == Recorded && Duplicates == 0;

    public static BurstReport Of(
        long started,
        long recorded,
        IReadOnlyList<Offer> offers,
        ArrivalReceiver receiver,
        IReadOnlyList<Outcome> outcomes)
    {
        var accepted = offers.Where(offer => offer.Id is not null).ToList();
        var delivered = accepted.Where(offer => receiver.FirstArrival(offer.Id!) is not null).ToList();

        return new BurstReport
        {
            Offered = offers.Count,
            Accepted = accepted.Count,
            Delivered = delivered.Count,
            Recorded = outcomes.Count(outcome => outcome.IsSuccess),
            Duplicates = delivered.Sum(offer => receiver.Calls(offer.Id!) - 1),
            AcceptedPerSecond = Rate(started, accepted.Select(offer => offer.AnsweredAt)),
            DeliveredPerSecond = Rate(started, delivered.Select(Arrival)),
            SecondsUntilRecorded = Math.Round(Stopwatch.GetElapsedTime(started, recorded).TotalSeconds, 2),
            PostToAnswer = Durations.Of(accepted.Select(offer => offer.AnsweredAt - offer.PostedAt)),
            AnswerToDelivered = Durations.Of(delivered.Select(offer => Math.Max(0, Arrival(offer) - offer.AnsweredAt))),
            Refusals = offers.Where(offer => offer.Problem is not null).CountBy(offer => offer.Problem!).ToDictionary(),
            Missing = [.. outcomes.Where(outcome => !outcome.IsSuccess || receiver.Calls(outcome.Id) == 0).Take(MostExamples)],
        };

        long Arrival(Offer offer) => receiver.FirstArrival(offer.Id!)!.Value;
    }

    public string ToJson() => JsonSerializer.Serialize(this, Indented);

    public string ToText() => FormattableString.Invariant(
        $"""
        offered {Offered}, accepted {Accepted}, delivered {Delivered}, recorded {Recorded}, duplicates {Duplicates}: {(IsComplete ? "complete" : "NOT COMPLETE")}

          accepted/s              {AcceptedPerSecond:0}
          delivered/s             {DeliveredPerSecond:0}   (arrival of the call at the bench's receiver)
          POST to 202             {PostToAnswer}
          202 to delivered        {AnswerToDelivered}
          all recorded after      {SecondsUntilRecorded:0.00} s
        {Details()}
        """).TrimEnd();

    private string Details() => string.Join(
        Environment.NewLine,
        [
            .. Refusals.Select(refusal => $"  not accepted: {refusal.Key} ({refusal.Value} times)"),
            .. Missing.Select(outcome => $"  missing: {outcome.Id} is {outcome.Status} after {outcome.Attempts} attempts"),
        ]);

    private static double Rate(long started, IEnumerable<long> times)
    {
        var all = times.ToList();
        return all.Count == 0 ? 0 : Math.Round(all.Count / Stopwatch.GetElapsedTime(started, all.Max()).TotalSeconds, 1);
    }
}
