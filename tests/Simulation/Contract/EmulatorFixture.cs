using Waybill.LocalAws;
using Xunit;

namespace Waybill.Simulation.Contract;

/// <summary>One table emulator and one queue emulator for all contract tests; each test has items and queues of its own.</summary>
public sealed class EmulatorFixture : IAsyncLifetime
{
    public LocalBackends Backends { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Backends = await LocalBackends.StartAsync();
        await new Provisioner(Backends.DynamoDbClient, Backends.SqsClient).ProvisionAsync();
    }

    public async Task DisposeAsync() => await Backends.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class EmulatorCollection : ICollectionFixture<EmulatorFixture>
{
    public const string Name = "One pair of emulators";
}
