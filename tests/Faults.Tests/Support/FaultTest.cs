using Waybill.Notifications.Delivery;
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

    /// <summary>From the end of an outage, or from the time at which what a crash left behind is due.</summary>
    protected static TimeSpan HealingDeadline { get; } = TimeSpan.FromSeconds(10);

    /// <summary>When all that a crash touched must be delivered: it was sent before the crash, so it is due after that time at the latest.</summary>
    protected static TimeSpan RecoveryAt(int timeoutSeconds) => DeliveryTiming.DueAfterDispatch(timeoutSeconds) + HealingDeadline;

    private protected void RecoversWithin(TimeSpan deadline, IReadOnlyList<Outcome> outcomes, IReadOnlyList<Fault> faults)
    {
        var healing = Proof.Healing(outcomes, faults);
        Print(Proof.Figures(outcomes, healing));
        Print(Proof.DescribeSlowest(outcomes, faults));
        Assert.InRange(healing, TimeSpan.Zero, deadline);
    }

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
