using Amazon.DynamoDBv2;
using Waybill.LocalAws;
using Waybill.Notifications.Storage;
using Xunit;

namespace Waybill.Simulation.Contract.ExtendDb;

/// <summary>One emulator with the table for all tests of the class.</summary>
public sealed class ExtendDbFixture : IAsyncLifetime
{
    public LocalEmulator Emulator { get; private set; } = null!;

    public IAmazonDynamoDB DynamoDb { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Emulator = await ExtendDb.StartAsync();
        DynamoDb = ExtendDb.CreateClient(Emulator);
        await new TableProvisioner(DynamoDb).ProvisionAsync(TableDefinition.DefaultName, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        DynamoDb.Dispose();
        await Emulator.DisposeAsync();
    }
}
