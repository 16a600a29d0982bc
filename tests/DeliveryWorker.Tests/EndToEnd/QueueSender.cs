using Amazon.SQS;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Waybill.LocalAws;
using Waybill.Notifications.Queue;
using Waybill.Notifications.StatusApi;

namespace Waybill.DeliveryWorker.Tests.EndToEnd;

/// <summary>Sends to the queue as intake does.</summary>
internal sealed class QueueSender : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IBusControl _bus;

    private QueueSender(ServiceProvider services)
    {
        _services = services;
        _bus = services.GetRequiredService<IBusControl>();
    }

    public static async Task<QueueSender> StartAsync(LocalBackends backends)
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
                host.Config(new AmazonSQSConfig { ServiceURL = backends.Sqs.Endpoint.ToString(), AuthenticationRegion = LocalBackends.Region });
            }));
        });

        var sender = new QueueSender(services.BuildServiceProvider());
        await sender._bus.StartAsync();
        return sender;
    }

    /// <param name="host">As intake says it; null as of a release that did not.</param>
    /// <param name="target">As intake says it of an event's; null as of a release that did not.</param>
    public async Task SendAsync(string queueName, string notificationId, string? host, EventTarget? target = null)
    {
        var endpoint = await _bus.GetSendEndpoint(new Uri($"queue:{queueName}"));
        await endpoint.Send(new DeliverNotification { NotificationId = notificationId, Host = host, Target = target });
    }

    public async ValueTask DisposeAsync()
    {
        await _bus.StopAsync();
        await _services.DisposeAsync();
    }
}
