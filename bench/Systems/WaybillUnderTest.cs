using Waybill.Bench.Storing;
using Waybill.TestSupport;

namespace Waybill.Bench.Systems;

/// <summary>Waybill on backends of its own: the status service, intake and workers, each a process as it is deployed.</summary>
internal sealed class WaybillUnderTest : IAsyncDisposable
{
    private readonly List<MeasuredService> _services = [];

    private WaybillUnderTest(Backends backends) => Backends = backends;

    public Backends Backends { get; }

    public IReadOnlyList<MeasuredService> Services => _services;

    public MeasuredService Status => _services[0];

    public MeasuredService Intake => _services[1];

    public IReadOnlyList<MeasuredService> Workers => _services[2..];

    public static string Key => TestKeys.Alice;

    /// <param name="settings">For all services, as environment variables.</param>
    /// <param name="stored">Notifications that are in the light backend's table before the services start.</param>
    public static async Task<WaybillUnderTest> StartAsync(
        BackendChoice backend,
        int workers,
        IReadOnlyDictionary<string, string> settings,
        CancellationToken cancellationToken,
        int stored = 0)
    {
        var backends = await Backends.StartAsync(backend, cancellationToken);

        try
        {
            if (stored > 0)
            {
                await Storage.FillAsync(new StoredSet(stored, DateTimeOffset.UtcNow), backends.DynamoDb);
            }
        }
        catch
        {
            await backends.DisposeAsync();
            throw;
        }

        return await StartAsync(backends, workers, settings);
    }

    /// <param name="backends">Its own from now on.</param>
    public static async Task<WaybillUnderTest> StartAsync(Backends backends, int workers, IReadOnlyDictionary<string, string> settings)
    {
        var waybill = new WaybillUnderTest(backends);

        try
        {
            await waybill.StartServicesAsync(workers, settings);
            return waybill;
        }
        catch
        {
            await waybill.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in Enumerable.Reverse(_services))
        {
            await service.DisposeAsync();
        }

        await Backends.DisposeAsync();
    }

    private async Task StartServicesAsync(int workers, IReadOnlyDictionary<string, string> settings)
    {
        var common = Backends.Environment.Concat(TestKeys.Configuration).Concat(settings).ToList();
        var status = await StatusUnderTest.StartAsync(common);
        _services.Add(status.Service);

        List<KeyValuePair<string, string>> clients = [.. common, .. status.ClientEnvironment, new("Egress__AllowedCidrs__0", "127.0.0.0/8")];
        await StartAsync("IntakeService", clients);

        for (var number = 0; number < workers; number++)
        {
            await StartAsync("DeliveryWorker", clients);
        }
    }

    private async Task StartAsync(string project, IEnumerable<KeyValuePair<string, string>> environment) =>
        _services.Add(await MeasuredService.StartAsync(project, environment));
}
