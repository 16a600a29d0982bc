using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SQS;
using Waybill.LocalAws;

namespace Waybill.Bench.Systems;

/// <summary>The DynamoDB and the SQS that Waybill runs on, with table and queues made: the emulators, or the light backend in their place.</summary>
internal sealed class Backends : IAsyncDisposable
{
    private readonly IAsyncDisposable _owner;

    private Backends(IAsyncDisposable owner, Uri dynamoDb, Uri sqs, IReadOnlyDictionary<string, int> processes)
    {
        _owner = owner;
        DynamoDb = dynamoDb;
        Sqs = sqs;
        Processes = processes;
        Environment = new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL_DYNAMODB"] = dynamoDb.ToString(),
            ["AWS_ENDPOINT_URL_SQS"] = sqs.ToString(),
            ["AWS_REGION"] = LocalBackends.Region,
            ["AWS_ACCESS_KEY_ID"] = LocalBackends.AccessKey,
            ["AWS_SECRET_ACCESS_KEY"] = LocalBackends.AccessKey,
        };
    }

    public Uri DynamoDb { get; }

    public Uri Sqs { get; }

    /// <summary>What a service needs in its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Process ids by name.</summary>
    public IReadOnlyDictionary<string, int> Processes { get; }

    public static Task<Backends> StartAsync(BackendChoice choice, CancellationToken cancellationToken) =>
        choice.IsLight ? StartLightAsync(choice, cancellationToken) : StartEmulatorsAsync(cancellationToken);

    public ValueTask DisposeAsync() => _owner.DisposeAsync();

    private static async Task<Backends> StartEmulatorsAsync(CancellationToken cancellationToken)
    {
        var emulators = await LocalBackends.StartAsync(new LocalBackendsOptions { Log = Console.Error.WriteLine }, cancellationToken);
        await new Provisioner(emulators.DynamoDbClient, emulators.SqsClient).ProvisionAsync(cancellationToken: cancellationToken);

        var processes = new Dictionary<string, int>
        {
            ["DynamoDB"] = emulators.DynamoDb.ProcessId!.Value,
            ["SQS"] = emulators.Sqs.ProcessId!.Value,
        };

        return new Backends(emulators, emulators.DynamoDb.Endpoint, emulators.Sqs.Endpoint, processes);
    }

    private static async Task<Backends> StartLightAsync(BackendChoice choice, CancellationToken cancellationToken)
    {
        var port = LoopbackPort.Pick();
        string[] arguments = ["exec", BuiltProgram.Find("LightBackend"), $"{port}", choice.LatencyMilliseconds.ToString(CultureInfo.InvariantCulture)];
        var light = new LocalEmulator("light backend", port, "/", () => new("dotnet", arguments));

        await light.StartAsync(cancellationToken);
        await ProvisionAsync(light.Endpoint, cancellationToken);

        return new Backends(light, light.Endpoint, light.Endpoint, new Dictionary<string, int> { ["light backend"] = light.ProcessId!.Value });
    }

    private static async Task ProvisionAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        var credentials = new BasicAWSCredentials(LocalBackends.AccessKey, LocalBackends.AccessKey);
        using var dynamoDb = new AmazonDynamoDBClient(credentials, new AmazonDynamoDBConfig { ServiceURL = endpoint.ToString(), AuthenticationRegion = LocalBackends.Region });
        using var sqs = new AmazonSQSClient(credentials, new AmazonSQSConfig { ServiceURL = endpoint.ToString(), AuthenticationRegion = LocalBackends.Region });

        await new Provisioner(dynamoDb, sqs).ProvisionAsync(cancellationToken: cancellationToken);
    }
}
