using Waybill.LocalAws;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Support;

/// <summary>One table and one status service for all tests here; each test has notifications of its own.</summary>
public sealed class StatusFixture : IAsyncLifetime
{
    public LocalBackends Backends { get; private set; } = null!;

    public StatusServiceHost Status { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Backends = await LocalBackends.StartAsync();
        await new Provisioner(Backends.DynamoDbClient, Backends.SqsClient).ProvisionAsync();
        Status = await StatusServiceHost.StartInProcessAsync(Backends);
    }

    public async Task DisposeAsync()
    {
        await Status.DisposeAsync();
        await Backends.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class StatusCollection : ICollectionFixture<StatusFixture>
{
    public const string Name = "One status service";
}
