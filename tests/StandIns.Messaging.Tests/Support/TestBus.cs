using Amazon.SimpleNotificationService;
using Amazon.SQS;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waybill.LocalAws;

namespace Waybill.StandIns.Messaging.Tests.Support;

/// <summary>A host with a bus, as a service sets one up: a sender, or a worker that handles <see cref="Parcel"/>s.</summary>
internal sealed class TestBus : IAsyncDisposable
{
    private readonly IHost _host;

    private TestBus(IHost host) => _host = host;

    public static Task<TestBus> StartSender(Uri sqs) => Start(bus => UseEmulator(bus, sqs));

    public static Task<TestBus> StartWorker(
        Uri sqs,
        string queueName,
        Func<ConsumeContext<Parcel>, Task> handle,
        Action<IAmazonSqsReceiveEndpointConfigurator>? configure = null)
        => Start(bus =>
        {
            UseEmulator(bus, sqs);
            bus.ReceiveEndpoint(queueName, endpoint =>
            {
                endpoint.ConfigureConsumeTopology = false;
                endpoint.PublishFaults = false;
                endpoint.WaitTimeSeconds = 1;
                configure?.Invoke(endpoint);
                endpoint.Handler<Parcel>(context => handle(context));
            });
        });

    public static async Task<TestBus> Start(Action<IAmazonSqsBusFactoryConfigurator> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.UsingAmazonSqs((_, sqs) => configure(sqs));
        });
        builder.Services.Configure<MassTransitHostOptions>(options => options.WaitUntilStarted = true);

        var host = builder.Build();
        await host.StartAsync();

        return new TestBus(host);
    }

    public static void UseEmulator(
        IAmazonSqsBusFactoryConfigurator bus, Uri sqs, Action<IAmazonSqsHostConfigurator>? configure = null) => bus.Host(LocalBackends.Region, host =>
    {
        host.AccessKey(LocalBackends.AccessKey);
        host.SecretKey(LocalBackends.AccessKey);
        host.Config(new AmazonSQSConfig { ServiceURL = sqs.ToString(), AuthenticationRegion = LocalBackends.Region });
        host.Config(new AmazonSimpleNotificationServiceConfig { ServiceURL = sqs.ToString(), AuthenticationRegion = LocalBackends.Region });
        configure?.Invoke(host);
    });

    public IBusControl Control => _host.Services.GetRequiredService<IBusControl>();

    public async Task Send<T>(Uri address, T message, Action<SendContext<T>>? configure = null, CancellationToken cancellationToken = default)
        where T : class
    {
        var endpoint = await Control.GetSendEndpoint(address);

        await endpoint.Send(message, context => configure?.Invoke(context), cancellationToken);
    }

    public Task Stop() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
