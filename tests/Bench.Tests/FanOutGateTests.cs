using Waybill.Bench.Measuring;
using Waybill.Bench.Receiving;
using Waybill.Bench.Running;
using Waybill.Bench.Scenarios;
using Waybill.Bench.Systems;

namespace Waybill.Bench.Tests;

/// <summary>What a notification of an event may cost at AWS when its first attempt succeeds, by how many endpoints take the event. One call more fails.</summary>
public sealed class FanOutGateTests : IAsyncLifetime
{
    private const int Notifications = 24;
    private const double PerSecond = 20;
    private const int MostTries = 5;

    /// <summary>For what a busy machine adds to some: a second write of a claim that came late.</summary>
    private const double LessThanOneMore = 0.25;

    /// <summary>What looks at the table by time and not for each notification does so once a minute, so that what is counted is the notifications' own.</summary>
    private static readonly Scenario Scenario = new("fan-out", "")
    {
        Deadline = 60,
        Backend = new BackendChoice(IsLight: true),
        Settings = new Dictionary<string, string>
        {
            ["Dispatcher__IdlePollSeconds"] = "60",
            ["Dispatcher__BusyPollSeconds"] = "60",
            ["Redeliveries__PollSeconds"] = "60",
        },
    };

    private Receiver _receiver = null!;
    private WaybillUnderTest _waybill = null!;

    public async Task InitializeAsync()
    {
        _receiver = await Receiver.StartAsync(Scenario.Hosts, answer: null);
        _waybill = await WaybillUnderTest.StartAsync(Scenario.Backend, Scenario.Workers, Scenario.Settings, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _waybill.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    /// <param name="ofEvent">Calls for the event: look for endpoints, put; of several the marker comes and goes.</param>
    /// <param name="writes">Units of the event, of 2 KB.</param>
    [Theory]
    [InlineData(1, 2, 2)]
    [InlineData(3, 4, 6)]
    public async Task A_notification_of_an_event_costs_five_calls_and_eight_write_units_and_its_share_of_the_event(int endpoints, int ofEvent, int writes)
    {
        const int CallsOfEach = 5; // Put, queue, read, claim, record.
        const int WritesOfEach = 8;
        const int ReadsOfEach = 2; // The event and the endpoint, strongly.

        var cost = await MeasureAsync(endpoints, CallsOfEach + ((double)ofEvent / endpoints));

        Assert.InRange(cost.Calls, CallsOfEach, CallsOfEach + ((double)ofEvent / endpoints) + LessThanOneMore);
        Assert.InRange(cost.WriteUnits, 6, WritesOfEach + ((double)writes / endpoints) + LessThanOneMore);
        Assert.InRange(cost.ReadUnits, ReadsOfEach, ReadsOfEach + (1.0 / endpoints) + LessThanOneMore);
    }

    /// <summary>A load that cost more is offered again a few times, as a machine that stalls only adds; what the code adds, it adds each time.</summary>
    private async Task<(double Calls, double WriteUnits, double ReadUnits)> MeasureAsync(int endpoints, double mostCalls)
    {
        using var run = new FanOutRun(_waybill, _receiver, Scenario);

        for (var tries = 1; ; tries++)
        {
            var result = await run.RunAsync($"gate-{endpoints}-{tries}", endpoints, Notifications / endpoints, PerSecond, CancellationToken.None);
            Assert.True(result.IsComplete, $"{result.Accepted} of {result.Events} events accepted, {string.Join(' ', result.Calls)} calls.");

            var cost = Of(result);

            if (cost.Calls <= mostCalls || tries == MostTries)
            {
                return cost;
            }
        }
    }

    /// <summary>
    /// Counts and partitions are noted by time, each with a put of one unit; that an endpoint answers is noted once an hour, of a new one with its first success, with an update
    /// of one unit. An endpoint that is well costs nothing else.
    /// </summary>
    private static (double Calls, double WriteUnits, double ReadUnits) Of(FanOutResult result)
    {
        var use = AwsUse.Of(result.Use.Totals, notifications: 1);
        var putsOfEach = result.Endpoints > 1 ? 2 : 1;
        var notes = use.Operations["DynamoDB PutItem"] - (result.Events * putsOfEach) - result.Delivered + result.Endpoints;

        return ((use.DynamoDbCalls - notes) / result.Delivered, (use.WriteUnits - notes) / result.Delivered, use.ReadUnits / result.Delivered);
    }
}
