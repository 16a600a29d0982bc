using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Waybill.EndToEnd.Tests.Telemetry;

namespace Waybill.EndToEnd.Tests.Application;

/// <summary>
/// The AppHost as it is, on free ports and a data folder of its own, started once for all tests here; each test has notifications
/// of its own. Telemetry goes to a collector in the test.
/// </summary>
public sealed class WaybillFixture : IAsyncLifetime
{
    private static readonly string[] Services = ["receiver", "status", "intake", "worker"];

    private readonly TemporaryFolder _data = new();
    private DistributedApplication? _application;

    public OtlpCollector Telemetry { get; } = new();

    /// <summary>A client with the local API key.</summary>
    public WaybillClient Waybill { get; private set; } = null!;

    public ReceiverClient Receiver { get; private set; } = null!;

    public Uri IntakeUrl => _application!.GetEndpoint("intake");

    public Uri StatusUrl => _application!.GetEndpoint("status", "http");

    public async Task InitializeAsync()
    {
        using var deadline = new CancellationTokenSource(Deadlines.Start);
        await Telemetry.StartAsync();

        string[] settings = [$"--DataFolder={_data.Path}", $"--Ports:Otlp={Telemetry.Port}", $"--Parameters:apikey={WaybillClient.LocalKey}"];
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(settings, deadline.Token);

        _application = await builder.BuildAsync(deadline.Token);
        await _application.StartAsync(deadline.Token);

        foreach (var service in Services)
        {
            await _application.ResourceNotifications.WaitForResourceHealthyAsync(service, deadline.Token);
        }

        Waybill = new WaybillClient(IntakeUrl, StatusUrl);
        Receiver = new ReceiverClient(_application.GetEndpoint("receiver"));
    }

    public async Task DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }

        await Telemetry.DisposeAsync();
        Waybill?.Dispose();
        Receiver?.Dispose();
        _data.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class WaybillCollection : ICollectionFixture<WaybillFixture>
{
    public const string Name = "One running AppHost";
}
