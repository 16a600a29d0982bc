using Amazon.DynamoDBv2;
using Waybill.LocalAws;

namespace Waybill.Bench.Tests.Light;

/// <summary>The table of the light backend and that of the emulator, to ask both the same.</summary>
public sealed class BothTables : IAsyncLifetime
{
    private readonly LightFixture _light = new();
    private LocalBackends _emulators = null!;

    public IAmazonDynamoDB Light => _light.DynamoDb;

    public IAmazonDynamoDB Emulator => _emulators.DynamoDbClient;

    public async Task InitializeAsync()
    {
        await _light.InitializeAsync();
        _emulators = await LocalBackends.StartAsync();
        await new Provisioner(_emulators.DynamoDbClient, _emulators.SqsClient).ProvisionAsync();
    }

    public async Task DisposeAsync()
    {
        await _emulators.DisposeAsync();
        await _light.DisposeAsync();
    }
}
