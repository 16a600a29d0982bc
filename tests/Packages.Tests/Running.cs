using Waybill.TestSupport.Systems;

namespace Waybill.Packages.Tests;

/// <summary>All of Waybill, started once for all examples.</summary>
public sealed class Running : IAsyncLifetime
{
    public WaybillSystem Waybill { get; private set; } = null!;

    public async Task InitializeAsync() => Waybill = await WaybillSystem.StartAsync(workers: 1);

    public async Task DisposeAsync() => await Waybill.DisposeAsync();
}
