using Waybill.LocalAws;

namespace Waybill.Bench.Systems;

/// <summary>The DynamoDB and the SQS that Waybill runs on, with table and queues made.</summary>
internal sealed class Backends : IAsyncDisposable
{
    private readonly LocalBackends _emulators;

    private Backends(LocalBackends emulators) => _emulators = emulators;

    public Uri Sqs => _emulators.Sqs.Endpoint;

    /// <summary>What a service needs in its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment => _emulators.EnvironmentVariables;

    /// <summary>Process ids by name.</summary>
    public IReadOnlyDictionary<string, int> Processes => new Dictionary<string, int>
    {
        ["DynamoDB"] = _emulators.DynamoDb.ProcessId!.Value,
        ["SQS"] = _emulators.Sqs.ProcessId!.Value,
    };

    public static async Task<Backends> StartAsync(CancellationToken cancellationToken)
    {
        var emulators = await LocalBackends.StartAsync(new LocalBackendsOptions { Log = Console.Error.WriteLine }, cancellationToken);
        await new Provisioner(emulators.DynamoDbClient, emulators.SqsClient).ProvisionAsync(cancellationToken: cancellationToken);
        return new Backends(emulators);
    }

    public ValueTask DisposeAsync() => _emulators.DisposeAsync();
}
