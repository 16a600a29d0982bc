using Amazon.DynamoDBv2.Model;
using Waybill.LocalAws;
using Waybill.Notifications.Records;
using Waybill.Notifications.Storage;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Support;

/// <summary>Emulators, the status service and intake, each a process of its own, with a relay between the two services.</summary>
public sealed class IntakeSetup : IAsyncDisposable
{
    private readonly DirectoryInfo _dataFolder = Directory.CreateTempSubdirectory("waybill-intake-tests-");

    private IntakeSetup()
    {
    }

    public LocalBackends Backends { get; private set; } = null!;

    public StatusServiceHost Status { get; private set; } = null!;

    public StatusRelay Relay { get; private set; } = null!;

    public ServiceProcess Intake { get; private set; } = null!;

    public QueueReader Queue { get; private set; } = null!;

    /// <param name="settings">Settings of intake's own besides those that every test needs, such as <c>Dispatcher__IdlePollSeconds</c>.</param>
    public static async Task<IntakeSetup> StartAsync(params (string Name, string Value)[] settings)
    {
        var setup = new IntakeSetup();

        try
        {
            // Data is kept, so that an emulator that is killed and started again still has it.
            setup.Backends = await LocalBackends.StartAsync(new LocalBackendsOptions { DataFolder = setup._dataFolder.FullName });
            await new Provisioner(setup.Backends.DynamoDbClient, setup.Backends.SqsClient).ProvisionAsync();

            setup.Queue = new QueueReader(setup.Backends.SqsClient);
            setup.Status = await StatusServiceHost.StartAsync(setup.Backends);
            setup.Relay = await StatusRelay.StartAsync(setup.Status.InternalUrl);
            setup.Intake = await setup.StartIntakeAsync(settings);

            return setup;
        }
        catch
        {
            await setup.DisposeAsync();
            throw;
        }
    }

    /// <summary>A further replica as a process, which the caller disposes of.</summary>
    public Task<ServiceProcess> StartIntakeAsync(params (string Name, string Value)[] settings) =>
        ServiceProcess.StartAsync("IntakeService", EnvironmentWith(settings));

    /// <summary>The same within the test's process.</summary>
    public Task<ServiceInProcess> StartReplicaAsync(params (string Name, string Value)[] settings) =>
        ServiceInProcess.StartAsync("IntakeService", EnvironmentWith(settings));

    private Dictionary<string, string> EnvironmentWith((string Name, string Value)[] settings)
    {
        var environment = Backends.EnvironmentVariables
            .Concat(TestKeys.Configuration)
            .Concat(Status.ClientEnvironment)
            .ToDictionary(variable => variable.Key, variable => variable.Value);

        environment["StatusService__InternalUrl"] = Relay.Url.ToString();
        environment["Egress__AllowedCidrs__0"] = "127.0.0.1/32";

        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        return environment;
    }

    public IntakeClient ClientWith(string? key) => new(Intake.Url, key);

    /// <summary>The record, which must be there.</summary>
    public async Task<NotificationRecord> RecordAsync(string id) =>
        await Status.Client.GetAsync(id, CancellationToken.None) ?? throw new InvalidOperationException($"{id} is not stored.");

    /// <summary>What the table has of a notification, past the status service.</summary>
    public async Task<IReadOnlyList<object>> ItemsAsync(string id)
    {
        var query = new QueryRequest(TableDefinition.DefaultName)
        {
            KeyConditionExpression = "#id = :id",
            ExpressionAttributeNames = new() { ["#id"] = TableDefinition.PartitionKey },
            ExpressionAttributeValues = new() { [":id"] = new AttributeValue(id) },
            ConsistentRead = true,
        };

        return (await Backends.DynamoDbClient.QueryAsync(query)).Items ?? [];
    }

    public Task<Outage> KillQueueAsync() => Outage.KillAsync(Backends.Sqs, QueueIsBackAsync);

    public Task<Outage> FreezeQueueAsync() => Outage.FreezeAsync(Backends.Sqs, QueueIsBackAsync);

    public Task<Outage> KillTableAsync() => Outage.KillAsync(Backends.DynamoDb, () => Task.CompletedTask);

    /// <summary>For as much as half a second after its return intake does not ask the queue.</summary>
    private async Task QueueIsBackAsync()
    {
        var client = ClientWith(TestKeys.Bob);

        await Eventually.BecomesAsync(
            () => client.SubmitAsync("""{"url":"http://127.0.0.1:9/after-the-outage"}"""),
            reply => reply.Status == "QUEUED");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { Intake, Relay, Status, Backends })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }

        _dataFolder.Delete(recursive: true);
    }
}
