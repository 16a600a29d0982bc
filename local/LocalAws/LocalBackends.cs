using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SQS;

namespace Waybill.LocalAws;

/// <summary>
/// DynamoDB and SQS of a test's or benchmark's own: two emulator processes on free loopback ports. Disposing ends both; they also
/// end when this process does, even if it is killed. Tables and queues are made by the caller.
/// </summary>
public sealed class LocalBackends : IAsyncDisposable
{
    /// <summary>Both emulators take any region; one has to be named.</summary>
    public const string Region = "us-east-1";

    /// <summary>Both emulators take any credentials; the AWS SDK has to have some.</summary>
    public const string AccessKey = "local";

    private LocalBackends(LocalEmulator dynamoDb, LocalEmulator sqs)
    {
        DynamoDb = dynamoDb;
        Sqs = sqs;
        DynamoDbClient = CreateDynamoDbClient();
        SqsClient = CreateSqsClient();
    }

    public LocalEmulator DynamoDb { get; }

    public LocalEmulator Sqs { get; }

    /// <summary>Stays usable over a restart of the emulator, whose endpoint does not change.</summary>
    public IAmazonDynamoDB DynamoDbClient { get; }

    /// <summary>Stays usable over a restart of the emulator, whose endpoint does not change.</summary>
    public IAmazonSQS SqsClient { get; }

    /// <summary>What a service needs in its environment to use these backends: the AWS SDK's own variables.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentVariables => EnvironmentFor(DynamoDb.Endpoint, Sqs.Endpoint);

    /// <summary>The same for emulators that somebody else has started.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentFor(Uri dynamoDb, Uri sqs) => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL_DYNAMODB"] = dynamoDb.ToString(),
        ["AWS_ENDPOINT_URL_SQS"] = sqs.ToString(),
        ["AWS_REGION"] = Region,
        ["AWS_ACCESS_KEY_ID"] = AccessKey,
        ["AWS_SECRET_ACCESS_KEY"] = AccessKey,
    };

    /// <summary>Installs the emulators if need be, starts both and waits until both serve.</summary>
    /// <exception cref="LocalToolsException">Something is missing or failed; the message says what to do.</exception>
    public static async Task<LocalBackends> StartAsync(LocalBackendsOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new LocalBackendsOptions();
        var tools = await LocalTools.EnsureInstalledAsync(options.Log, options.Tools, cancellationToken);
        var commands = new EmulatorCommands(tools, options.DataFolder);

        var dynamoDb = await StartAsync(commands.DynamoDb, options.DynamoDbPort, cancellationToken);

        try
        {
            return new LocalBackends(dynamoDb, await StartAsync(commands.Sqs, options.SqsPort, cancellationToken));
        }
        catch
        {
            await dynamoDb.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client of the caller's own, for example with other timeouts; dispose it.</summary>
    public AmazonDynamoDBClient CreateDynamoDbClient(Action<AmazonDynamoDBConfig>? configure = null)
    {
        var config = new AmazonDynamoDBConfig { ServiceURL = DynamoDb.Endpoint.ToString(), AuthenticationRegion = Region };
        configure?.Invoke(config);
        return new AmazonDynamoDBClient(Credentials, config);
    }

    /// <summary>A client of the caller's own, for example with other timeouts; dispose it.</summary>
    public AmazonSQSClient CreateSqsClient(Action<AmazonSQSConfig>? configure = null)
    {
        var config = new AmazonSQSConfig { ServiceURL = Sqs.Endpoint.ToString(), AuthenticationRegion = Region };
        configure?.Invoke(config);
        return new AmazonSQSClient(Credentials, config);
    }

    public async ValueTask DisposeAsync()
    {
        SqsClient.Dispose();
        DynamoDbClient.Dispose();
        await Sqs.DisposeAsync();
        await DynamoDb.DisposeAsync();
    }

    private static async Task<LocalEmulator> StartAsync(Func<int, LocalEmulator> create, int? port, CancellationToken cancellationToken)
    {
        if (port is not { } given)
        {
            return await LocalEmulator.StartOnFreePortAsync(create, cancellationToken);
        }

        var emulator = create(given);
        await emulator.StartAsync(cancellationToken);
        return emulator;
    }

    private static BasicAWSCredentials Credentials => new(AccessKey, AccessKey);
}
