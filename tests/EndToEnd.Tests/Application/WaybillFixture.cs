using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Waybill.EndToEnd.Tests.Browser.Support;
using Waybill.EndToEnd.Tests.Telemetry;
using Waybill.LocalAws;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Application;

/// <summary>
/// The AppHost as it is, on free ports and a data folder of its own, started once for all tests here; each test has notifications
/// of its own. Telemetry goes to a collector in the test. Besides the local API key, the keys of tests hold, with an owner each.
/// </summary>
public sealed class WaybillFixture : IAsyncLifetime
{
    /// <summary>API keys that the AppHost itself gives to a service, at most.</summary>
    private const int OwnKeys = 2;

    private static readonly string[] Services = ["receiver", "status", "intake", "worker"];

    private readonly TemporaryFolder _data = new();
    private DistributedApplication? _application;

    public OtlpCollector Telemetry { get; } = new();

    /// <summary>A client with the local API key.</summary>
    public WaybillClient Waybill { get; private set; } = null!;

    public ReceiverClient Receiver { get; private set; } = null!;

    public Uri IntakeUrl => _application!.GetEndpoint("intake");

    public Uri StatusUrl => _application!.GetEndpoint("status", "http");

    public Uri InternalUrl => _application!.GetEndpoint("status", "internal");

    /// <summary>What a further service needs in its environment to use the same emulators.</summary>
    public IReadOnlyDictionary<string, string> Backends => LocalBackends.EnvironmentFor(Url("dynamodb"), Url("sqs"));

    public Uri Url(string resource) => _application!.GetEndpoint(resource);

    /// <returns>As the dashboard shows it.</returns>
    public string? State(string resource) =>
        _application!.ResourceNotifications.TryGetCurrentState(resource, out var state) ? state.Snapshot.State?.Text : null;

    /// <summary>Runs a command of a resource, as its button in the dashboard does, with what is typed into its fields.</summary>
    public Task<ExecuteCommandResult> PressAsync(string resource, string command, params (string Field, string Value)[] typed)
    {
        var inputs = typed.Select(field => new InteractionInput { Name = field.Field, InputType = InputType.Text, Value = field.Value });

        return _application!.ResourceCommands.ExecuteCommandAsync(resource, command, new InteractionInputCollection([.. inputs]));
    }

    public async Task HealthyAsync(string service)
    {
        using var deadline = new CancellationTokenSource(Deadlines.State);
        await _application!.ResourceNotifications.WaitForResourceHealthyAsync(service, deadline.Token);
    }

    public async Task InitializeAsync()
    {
        using var deadline = new CancellationTokenSource(Deadlines.Start);
        await Telemetry.StartAsync();

        string[] settings = [$"--DataFolder={_data.Path}", $"--Ports:Otlp={Telemetry.Port}", $"--Parameters:apikey={WaybillClient.LocalKey}"];
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(settings, deadline.Token);

        // What the resources print is theirs: in the log of the tests it would hide everything else.
        builder.Services.AddLogging(logging => logging.AddFilter("AppHost.Resources", LogLevel.None));

        AddTestKeys(builder, "status");
        AddTestKeys(builder, "intake");

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

    private static void AddTestKeys(IDistributedApplicationTestingBuilder builder, string service)
    {
        var project = builder.CreateResourceBuilder<ProjectResource>(service);

        foreach (var (name, value) in TestKeys.ConfigurationFrom(OwnKeys))
        {
            project.WithEnvironment(name, value);
        }
    }
}

[CollectionDefinition(Name)]
public sealed class WaybillCollection : ICollectionFixture<WaybillFixture>, ICollectionFixture<BrowserFixture>
{
    public const string Name = "One running AppHost";
}
