using System.Globalization;
using Amazon.SQS;
using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Waybill.Hosting.Aws;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Queue;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;

namespace Waybill.IntakeService.Queueing;

/// <summary>
/// Sends the hint that a notification may be delivered. The transport puts sends of the same moment into one SQS call.
/// </summary>
public sealed partial class NotificationQueue(
    ISendEndpointProvider endpoints,
    IOptions<QueueOptions> options,
    TimeProvider time,
    ILogger<NotificationQueue> logger)
{
    private readonly Uri _address = new($"queue:{options.Value.QueueName}");
    private readonly TimeSpan _timeout = TimeSpan.FromSeconds(options.Value.SendTimeoutSeconds);
    private readonly QueueOutage _outage = new(time);

    /// <summary>As the sends of this process tell.</summary>
    public bool IsDown => _outage.IsOn;

    /// <returns>
    /// Null when the queue took it; otherwise why not, for people. A send that failed may have arrived all the same, so
    /// whoever sends again sends a copy; a worker's claim lets only one of them through.
    /// </returns>
    public async Task<string?> TrySendAsync(NotificationRecord record)
    {
        if (!_outage.MaySend())
        {
            return "The queue is down; it is asked again every half second, with another notification.";
        }

        var begun = time.GetTimestamp();
        var error = await AskAsync(record);

        if (error is null && _outage.EndedBySuccess())
        {
            Log.Back(logger);
        }
        else if (error is not null && _outage.BegunByFailure(begun))
        {
            Log.Down(logger, error);
        }

        return error;
    }

    private async Task<string?> AskAsync(NotificationRecord record)
    {
        var notificationId = record.Id;
        using var deadline = new CancellationTokenSource(_timeout, time);

        try
        {
            await SendAsync(record, deadline.Token).WaitAsync(deadline.Token);
            return null;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            Log.SendTimedOut(logger, notificationId, _timeout.TotalSeconds);
            return string.Create(CultureInfo.InvariantCulture, $"The queue did not answer within {_timeout.TotalSeconds} s; it may have the message.");
        }
        catch (Exception exception)
        {
            // Whatever the transport throws means the same: the queue has not confirmed it.
            Log.SendFailed(logger, notificationId, exception.Message);
            return exception.Message;
        }
    }

    private async Task SendAsync(NotificationRecord record, CancellationToken cancellationToken)
    {
        var endpoint = await endpoints.GetSendEndpoint(_address);
        var message = new DeliverNotification { NotificationId = record.Id, Host = HostKey.Of(record.Url), Target = EventTarget.Of(record) };
        await endpoint.Send(message, context => Group(context, record), cancellationToken);
    }

    private static void Group(SendContext context, NotificationRecord record)
    {
        if (MessageGroup.Of(record.Url) is { } group)
        {
            context.SetGroupId(group);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Sending {NotificationId} to the queue took longer than {Seconds} s.")]
        public static partial void SendTimedOut(ILogger logger, string notificationId, double seconds);

        [LoggerMessage(LogLevel.Warning, "Sending {NotificationId} to the queue failed: {Reason}")]
        public static partial void SendFailed(ILogger logger, string notificationId, string reason);

        [LoggerMessage(LogLevel.Error, "The queue is down. Notifications are taken and stored, and sent when it is back. {Reason}")]
        public static partial void Down(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Information, "The queue is back.")]
        public static partial void Back(ILogger logger);
    }
}

public static class QueueExtensions
{
    /// <summary>Adds <see cref="NotificationQueue"/> on a bus that only sends: no receive endpoints, no SNS.</summary>
    public static void AddNotificationQueue(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<QueueOptions>()
            .BindConfiguration(QueueOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();

        AwsCallCounter.Register();

        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.UsingAmazonSqs((_, sqs) => UseSdkConfiguration(sqs));

            // While the queue is down, notifications are still taken (202 PENDING): that is no reason to refuse traffic.
            bus.ConfigureHealthCheckOptions(health => health.MinimalFailureStatus = HealthStatus.Degraded);
        });

        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<NotificationQueue>(services, services.GetRequiredService<IBus>()));

        builder.Services.AddSingleton<IAmazonSQS>(_ => new AmazonSQSClient(new AmazonSQSConfig()));
        builder.Services.AddSingleton<QueueDepthReader>();
        builder.Services.AddHostedService<QueueDepthMonitor>();
    }

    /// <summary>Endpoint (AWS_ENDPOINT_URL_SQS), region (AWS_REGION) and credentials, each from where the AWS SDK looks for them.</summary>
    private static void UseSdkConfiguration(IAmazonSqsBusFactoryConfigurator sqs)
    {
        sqs.UseDefaultHost(AwsRegion.Required(), host => host.Config(new AmazonSQSConfig()));
    }
}
