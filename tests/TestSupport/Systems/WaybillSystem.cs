using Waybill.LocalAws;
using Waybill.Notifications.Records;

namespace Waybill.TestSupport.Systems;

/// <summary>
/// All of Waybill, each part a process of its own: both emulators on a data folder, the status service, intake and workers; and
/// a receiver in this process. Each part can be killed, frozen, stopped and started again; its address stays the same.
/// </summary>
public sealed class WaybillSystem : IAsyncDisposable
{
    private static readonly (string Name, string Value) LoopbackIsAllowed = ("Egress__AllowedCidrs__0", "127.0.0.0/8");

    private readonly DirectoryInfo _dataFolder = Directory.CreateTempSubdirectory("waybill-system-");
    private readonly List<ServiceProcess> _workers = [];

    private WaybillSystem()
    {
    }

    public LocalBackends Backends { get; private set; } = null!;

    public StatusServiceHost Status { get; private set; } = null!;

    public ServiceProcess Intake { get; private set; } = null!;

    public IReadOnlyList<ServiceProcess> Workers => _workers;

    public CallReceiver Receiver { get; private set; } = null!;

    public static async Task<WaybillSystem> StartAsync(int workers = 2)
    {
        var system = new WaybillSystem();

        try
        {
            await system.StartPartsAsync(workers);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>A further replica, which the caller disposes of.</summary>
    public Task<ServiceProcess> StartIntakeAsync(params (string Name, string Value)[] settings) =>
        StartServiceAsync("IntakeService", [LoopbackIsAllowed, .. TestKeys.Configuration.Select(key => (key.Key, key.Value)), .. settings]);

    /// <summary>A further replica, which the caller disposes of.</summary>
    public Task<ServiceProcess> StartWorkerAsync(params (string Name, string Value)[] settings) =>
        StartServiceAsync("DeliveryWorker", [LoopbackIsAllowed, .. TestKeys.SealingConfiguration.Select(key => (key.Key, key.Value)), .. settings]);

    /// <summary>Starts again what a test has left stopped or killed.</summary>
    public async Task RestoreAsync()
    {
        await Backends.DynamoDb.StartAsync();
        await Backends.Sqs.StartAsync();
        await Status.Process.StartAsync();
        await Intake.StartAsync();
        await Task.WhenAll(_workers.Select(worker => worker.StartAsync()));
    }

    /// <param name="intake">Null for the first one.</param>
    public Load Post(LoadShape shape, ServiceProcess? intake = null) => Load.Start((intake ?? Intake).Url, Receiver.Urls, shape);

    /// <summary>One notification, which must be accepted.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> PostOneAsync(LoadShape shape)
    {
        using var load = Post(shape with { Count = 1 });
        await load.Completion;

        var post = load.Posts.Single();
        return post.IsAccepted ? post.Id : throw new InvalidOperationException($"Not accepted: {post}");
    }

    /// <summary>The record, read with strong consistency; null when there is none.</summary>
    public Task<NotificationRecord?> ReadAsync(string id) => Status.Client.GetAsync(id, CancellationToken.None);

    public async Task<NotificationRecord> BecomesAsync(string id, Func<NotificationRecord, bool> expected) =>
        (await Eventually.BecomesAsync(() => ReadAsync(id), record => record is not null && expected(record)))!;

    /// <summary>Ends every process by its id, whatever state it is in.</summary>
    public async ValueTask DisposeAsync()
    {
        var services = new[] { Intake, Status?.Process }.Concat(_workers).OfType<ServiceProcess>().Where(service => service.IsRunning);
        await Task.WhenAll(services.Select(service => service.KillAsync()));

        foreach (var part in new IAsyncDisposable?[] { Backends, Receiver })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }

        _dataFolder.Delete(recursive: true);
    }

    private async Task StartPartsAsync(int workers)
    {
        Receiver = await CallReceiver.StartAsync();
        Backends = await LocalBackends.StartAsync(new LocalBackendsOptions { DataFolder = _dataFolder.FullName });
        await new Provisioner(Backends.DynamoDbClient, Backends.SqsClient).ProvisionAsync();

        Status = await StatusServiceHost.StartAsync(Backends);
        Intake = await StartIntakeAsync();

        for (var number = 1; number <= workers; number++)
        {
            _workers.Add(await StartWorkerAsync());
        }
    }

    private Task<ServiceProcess> StartServiceAsync(string project, IEnumerable<(string Name, string Value)> settings)
    {
        var environment = Backends.EnvironmentVariables.Concat(Status.ClientEnvironment).ToDictionary(variable => variable.Key, variable => variable.Value);

        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        return ServiceProcess.StartAsync(project, environment);
    }
}
