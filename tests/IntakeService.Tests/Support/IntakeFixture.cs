using Waybill.IntakeService.Tests.Memory;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Support;

/// <summary>One set of processes for all tests that disturb none of them.</summary>
public sealed class IntakeFixture : IAsyncLifetime
{
    public IntakeSetup Setup { get; private set; } = null!;

    public IntakeClient Alice { get; private set; } = null!;

    private Crowd? _crowd;

    public async Task InitializeAsync()
    {
        // Longer than the defaults, as the machine may be busy with other things.
        Setup = await IntakeSetup.StartAsync(("StatusService__TimeoutSeconds", "30"), ("Queue__SendTimeoutSeconds", "10"));
        Alice = Setup.ClientWith(TestKeys.Alice);
    }

    /// <summary>For all tests that want one.</summary>
    internal async Task<Crowd> CrowdAsync() => _crowd ??= await Crowd.ComeToAsync(Setup);

    public async Task DisposeAsync()
    {
        if (_crowd is not null)
        {
            await _crowd.DisposeAsync();
        }

        await Setup.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class IntakeCollection : ICollectionFixture<IntakeFixture>
{
    public const string Name = "One intake service";
}
