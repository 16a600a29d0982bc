using Waybill.Bench.Reporting;
using Waybill.TestSupport;

namespace Waybill.Bench.Tests;

/// <summary>The bench's short form: counts are equal, and the report has every figure. No times are judged.</summary>
[Collection(ShortRunCollection.Name)]
[Trait(Ladder.Name, Ladder.Full)]
public sealed class ShortRunTests(ShortRun run)
{
    /// <summary>
    /// Send, receive and delete take a tenth of a call each in full batches of ten, the most that SQS takes. Batches are not full:
    /// the transport waits a millisecond for company. What is measured here is 0.6 to 1.8, by how busy the machine is; without batches it is three.
    /// </summary>
    private const double MostSqsCalls = 2.5;

    [Fact]
    public async Task All_that_is_accepted_in_a_burst_is_delivered_once_and_recorded()
    {
        var load = await run.OfferAsync(500, perSecond: null, payloadBytes: 2048);

        var counts = Counts.Of(load);
        Assert.Equal((500, 500, 500, 500, 500), (counts.Offered, counts.Accepted, counts.Delivered, counts.Recorded, counts.Calls));
        Assert.True(counts.AreEqual);

        var cost = Cost.Of(load, counts.Delivered);
        Assert.InRange(cost.Aws.SqsCalls, 0.3, MostSqsCalls);
        Assert.All(cost.Services, service => Assert.True(service.CpuMilliseconds > 0 && service.PeakMegabytes > 0));
    }

    [Fact]
    public async Task Latencies_are_in_the_order_of_the_events()
    {
        var latencies = Latencies.Of(await run.OfferAsync(40, perSecond: 40, payloadBytes: 1024)).Single();

        Assert.Equal(40, latencies.Count);
        Assert.True(latencies.ToAnswer.P50 > 0);
        Assert.True(latencies.ToSuccess.Max >= latencies.ToSuccess.P50);
        Assert.True(latencies.ToReceiver.Max <= latencies.ToSuccess.Max + 1000);
    }
}
