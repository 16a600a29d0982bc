namespace Waybill.Bench.Tests;

/// <summary>What a notification may cost at AWS when its first attempt succeeds. One call more fails.</summary>
[Collection(ShortRunCollection.Name)]
public sealed class CostGateTests(ShortRun run)
{
    private const int Kilobyte = 1024;

    /// <summary>For what a busy machine adds to some of them: a second write of a claim that came late.</summary>
    private const double LessThanOneMore = 0.5;

    [Fact]
    public async Task A_notification_of_2_KB_costs_at_most_6_calls_to_DynamoDB_and_at_most_9_write_units_and_2_read_units()
    {
        var cost = await AwsCost.MeasureAsync((count, perSecond) => run.OfferAsync(count, perSecond, payloadBytes: 2 * Kilobyte));

        Assert.InRange(cost.Calls, AwsCost.CallsOfItsOwn, AwsCost.CallsEach + LessThanOneMore);
        Assert.InRange(cost.WriteUnits, 6, 9.5);
        Assert.InRange(cost.ReadUnits, 0.01, 2);
    }

    /// <summary>A load takes two seconds or so: the minute's counts, the hour's, and where the first of an hour is, of one owner and of all, more than once.</summary>
    [Fact]
    public async Task Counts_and_partitions_are_noted_by_time_and_not_for_each_notification()
    {
        var cost = await AwsCost.MeasureAsync((count, perSecond) => run.OfferAsync(count, perSecond, payloadBytes: 2 * Kilobyte));

        Assert.InRange(cost.Notes, 0, AwsCost.Count / 2);
    }

    [Fact]
    public async Task A_notification_of_20_KB_costs_at_most_20_write_units()
    {
        var cost = await AwsCost.MeasureAsync((count, perSecond) => run.OfferAsync(count, perSecond, payloadBytes: 20 * Kilobyte));

        Assert.InRange(cost.Calls, AwsCost.CallsOfItsOwn, AwsCost.CallsEach + LessThanOneMore);
        Assert.InRange(cost.WriteUnits, 6, 20);
    }

    [Fact]
    public async Task The_bodies_of_requests_to_AWS_are_counted()
    {
        const int Count = 5;

        var load = await run.OfferAsync(Count, perSecond: null, payloadBytes: 2 * Kilobyte);

        Assert.InRange(SentEach("DynamoDB"), 2 * Kilobyte, double.MaxValue);
        Assert.InRange(SentEach("SQS"), 100, double.MaxValue);

        double SentEach(string service)
            => load.Use.Totals.Sum(totals => totals.Sum("waybill.aws.bytes", tags => tags is ["transmit", _, var name] && name == service)) / Count;
    }
}
