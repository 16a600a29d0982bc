using Waybill.Bench.Receiving;
using Waybill.Bench.Running;
using Waybill.Bench.Scenarios;
using Waybill.Bench.Systems;

namespace Waybill.Bench.Tests;

/// <summary>One Waybill on emulators, and short loads offered to it one after the other.</summary>
public sealed class ShortRun : IAsyncLifetime
{
    private static readonly Scenario Short = new("short", "") { WarmUp = 0, Deadline = 60 };

    private Receiver _receiver = null!;
    private WaybillUnderTest _waybill = null!;
    private int _runs;

    public async Task InitializeAsync()
    {
        _receiver = await Receiver.StartAsync(Short.Hosts, answer: null);
        _waybill = await WaybillUnderTest.StartAsync(new BackendChoice(), Short.Workers, Short.Settings, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _waybill.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    /// <param name="perSecond">Null: all at once.</param>
    internal Task<LoadResult> OfferAsync(int count, double? perSecond, int payloadBytes)
    {
        var load = new LoadRun(_waybill, _receiver, Short with { PayloadBytes = payloadBytes });
        return load.RunAsync($"run-{++_runs}", count, perSecond, CancellationToken.None);
    }
}

[CollectionDefinition(Name)]
public sealed class ShortRunCollection : ICollectionFixture<ShortRun>
{
    public const string Name = "One Waybill under load";
}
