using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SQS;
using Waybill.Bench.Systems;
using Waybill.LocalAws;

namespace Waybill.Bench.Tests.Light;

/// <summary>The light backend as the bench starts it.</summary>
public sealed class LightFixture : IAsyncLifetime
{
    private static readonly BasicAWSCredentials Credentials = new(LocalBackends.AccessKey, LocalBackends.AccessKey);

    private Backends _backends = null!;

    public IAmazonDynamoDB DynamoDb { get; private set; } = null!;

    public IAmazonSQS Sqs { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _backends = await Backends.StartAsync(new BackendChoice(IsLight: true), CancellationToken.None);
        var url = _backends.Sqs.ToString();

        DynamoDb = new AmazonDynamoDBClient(Credentials, new AmazonDynamoDBConfig { ServiceURL = url, AuthenticationRegion = LocalBackends.Region });
        Sqs = new AmazonSQSClient(Credentials, new AmazonSQSConfig { ServiceURL = url, AuthenticationRegion = LocalBackends.Region });
    }

    public async Task DisposeAsync()
    {
        DynamoDb.Dispose();
        Sqs.Dispose();
        await _backends.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class LightGroup : ICollectionFixture<LightFixture>
{
    public const string Name = "One light backend";
}
