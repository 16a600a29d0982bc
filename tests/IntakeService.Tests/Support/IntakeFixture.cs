using Waybill.LocalAws;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Support;

/// <summary>One set of services for all tests that disturb none of them.</summary>
public class IntakeFixture : IAsyncLifetime
{
    public IntakeSetup Setup { get; private set; } = null!;

    public IntakeClient Alice { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        // Longer than the defaults, as the machine may be busy with other things.
        Setup = await IntakeSetup.StartAsync(StartStatusAsync, ("StatusService__TimeoutSeconds", "30"), ("Queue__SendTimeoutSeconds", "10"));
        Alice = Setup.ClientWith(TestKeys.Alice);
    }

    private protected virtual Task<StatusServiceHost> StartStatusAsync(LocalBackends backends) => StatusServiceHost.StartInProcessAsync(backends);

    public Task DisposeAsync() => Setup.DisposeAsync().AsTask();
}

[CollectionDefinition(Name)]
public sealed class IntakeCollection : ICollectionFixture<IntakeFixture>
{
    public const string Name = "One intake service";
}
