using Waybill.LocalAws;
using Waybill.StatusService.Store.Table;
using Waybill.StatusService.Tests.Store.Table;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Support;

/// <summary>One table and one status service for all tests here; each test has notifications of its own.</summary>
public sealed class StatusFixture : IAsyncLifetime
{
    public LocalBackends Backends { get; private set; } = null!;

    public StatusServiceHost Status { get; private set; } = null!;

    /// <summary>A client of the table beside the service's, to be read and written with.</summary>
    internal TableClient Table { get; private set; } = null!;

    /// <summary>The store of a process beside the service.</summary>
    internal StoreParts Parts { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Backends = await LocalBackends.StartAsync();
        await new Provisioner(Backends.DynamoDbClient, Backends.SqsClient).ProvisionAsync();
        Table = new TableClient(TableListener.Config(Backends.DynamoDb.Endpoint), TimeProvider.System);
        Parts = new StoreParts(Table);
        Status = await StatusServiceHost.StartInProcessAsync(Backends);
    }

    /// <summary>A table of a test's own.</summary>
    /// <returns>Its name.</returns>
    internal async Task<string> NewTableAsync()
    {
        var name = $"table-{Guid.NewGuid():N}";
        await new Provisioner(Backends.DynamoDbClient, Backends.SqsClient).ProvisionAsync(name);
        return name;
    }

    public async Task DisposeAsync()
    {
        await Status.DisposeAsync();
        Table.Dispose();
        await Backends.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class StatusCollection : ICollectionFixture<StatusFixture>
{
    public const string Name = "One status service";
}
