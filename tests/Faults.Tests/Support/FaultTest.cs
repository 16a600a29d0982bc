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

    public async Task InitializeAsync() => System = await WaybillSystem.StartAsync();

    public async Task DisposeAsync() => await System.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class SystemCollection : ICollectionFixture<SystemFixture>
{
    public const string Name = "One system";
}
