using Waybill.Bench.Receiving;
using Waybill.Bench.Running;
using Waybill.Bench.Scenarios;
using Waybill.Bench.Systems;
using Waybill.TestSupport;

namespace Waybill.Bench.Tests.Light;

/// <summary>Waybill on the light backend works as on the emulators, and DynamoDB's units are the emulator's.</summary>
[Collection(ShortRunCollection.Name)]
[Trait(Ladder.Name, Ladder.Full)]
public sealed class LightRunTests(ShortRun emulators)
{
    private static readonly Scenario Scenario = new("short", "") { WarmUp = 0, Deadline = 60, Backend = new BackendChoice(IsLight: true) };

    private const double Tolerance = 0.25;

    [Theory]
    [InlineData(2 * 1024)]
    [InlineData(20 * 1024)]
    public async Task A_notification_takes_the_same_calls_and_units_as_on_the_emulators(int bytes)
    {
        await using var receiver = await Receiver.StartAsync(Scenario.Hosts, answer: null);
        await using var waybill = await WaybillUnderTest.StartAsync(Scenario.Backend, 1, Scenario.Settings, CancellationToken.None);
        var load = new LoadRun(waybill, receiver, Scenario with { PayloadBytes = bytes });

        var onLight = await AwsCost.MeasureAsync((count, perSecond) => load.RunAsync("light", count, perSecond, CancellationToken.None));
        var onEmulators = await AwsCost.MeasureAsync((count, perSecond) => emulators.OfferAsync(count, perSecond, bytes));

        // Where the machine is busy, reads that come together share a call.
        Assert.All([onEmulators, onLight], cost => Assert.InRange(cost.Calls, AwsCost.CallsOfItsOwn, AwsCost.CallsEach + Tolerance));
        AssertSame(onEmulators, onLight);
    }

    /// <summary>
    /// Of reads that come together the emulator rounds the sum, DynamoDB and the light backend each: only what is written is compared. How many
    /// changes of a record are written depends on who is faster, the worker or the note that a notification is queued; what each of them takes
    /// does not.
    /// </summary>
    private static void AssertSame(AwsCost expected, AwsCost actual)
    {
        Assert.Equal(expected.Units.Keys.Order(), actual.Units.Keys.Order());
        Assert.All(
            expected.Units.Where(units => units.Key.EndsWith("write", StringComparison.Ordinal) && units.Key != AwsCost.Update),
            units => Assert.Equal(units.Value, actual.Units[units.Key], Tolerance));
        Assert.Equal(expected.UnitsOfAnUpdate, actual.UnitsOfAnUpdate, Tolerance);
    }
}
