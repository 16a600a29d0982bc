using Waybill.TestSupport.Systems;
using Xunit.Abstractions;

namespace Waybill.Faults.Tests.Support;

/// <summary>One test on the system that all of them share, one after the other; each begins with every part running.</summary>
[Collection(SystemCollection.Name)]
public abstract class FaultTest(SystemFixture fixture, ITestOutputHelper output) : IAsyncLifetime
{
    protected WaybillSystem Waybill => fixture.System;

    public Task InitializeAsync() => Waybill.RestoreAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    protected void Print(string figures) => output.WriteLine(figures);
}

public sealed class SystemFixture : IAsyncLifetime
{
    public WaybillSystem System { get; private set; } = null!;

    /// <summary>Every process has done some work when the first test begins: what is compiled on first use is slow.</summary>
    public async Task InitializeAsync()
    {
        System = await WaybillSystem.StartAsync();

        using var load = System.Post(Scale.Load with { Count = 30, PerSecond = 10 });
        Proof.NothingIsLost(await System.SettlesAsync(load));
    }

    public async Task DisposeAsync() => await System.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class SystemCollection : ICollectionFixture<SystemFixture>
{
    public const string Name = "One system";
}
