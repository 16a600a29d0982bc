using Amazon.SQS;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Bench.Systems;
using Waybill.LocalAws;
using Waybill.Notifications.Queue;

namespace Waybill.Bench.Offering;

/// <summary>Sends to the queue as intake does: copies of messages that are there already.</summary>
internal sealed class QueueCopies : IAsyncDisposable
{
    private static readonly Uri Queue = new($"queue:{QueueDefinition.DefaultName}");

    private readonly ServiceProvider _services;
    private readonly IBusControl _bus;

    private QueueCopies(ServiceProvider services)
    {
        _services = services;
        _bus = services.GetRequiredService<IBusControl>();
    }

    public static async Task<QueueCopies> StartAsync(Backends backends)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.UsingAmazonSqs((_, sqs) => sqs.Host(LocalBackends.Region, host =>
            {
                host.AccessKey(LocalBackends.AccessKey);
                host.SecretKey(LocalBackends.AccessKey);
                host.Config(new AmazonSQSConfig { ServiceURL = backends.Sqs.ToString(), AuthenticationRegion = LocalBackends.Region });
            }));
        });

        var copies = new QueueCopies(services.BuildServiceProvider());
        await copies._bus.StartAsync();
        return copies;
    }

    public async Task SendAsync(string id)
    {
        var endpoint = await _bus.GetSendEndpoint(Queue);
        await endpoint.Send(new DeliverNotification { NotificationId = id });
    }

    public async ValueTask DisposeAsync()
    {
        await _bus.StopAsync();
        await _services.DisposeAsync();
    }
}
