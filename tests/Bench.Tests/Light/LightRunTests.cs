using Waybill.Bench.Receiving;
using Waybill.Bench.Running;
using Waybill.Bench.Scenarios;
using Waybill.Bench.Systems;

namespace Waybill.Bench.Tests.Light;

/// <summary>Waybill on the light backend works as on the emulators, and DynamoDB's units are the emulator's.</summary>
public sealed class LightRunTests(ShortRun emulators) : IClassFixture<ShortRun>
{
    private static readonly Scenario Scenario = new("short", "") { WarmUp = 0, Deadline = 60, Backend = new BackendChoice(IsLight: true) };

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

        Assert.Equal(onEmulators.Calls, onLight.Calls);
        Assert.Equal(onEmulators.Units, onLight.Units);
    }
}
