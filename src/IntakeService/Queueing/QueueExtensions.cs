using Amazon.SQS;
using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Waybill.Hosting.Aws;

namespace Waybill.IntakeService.Queueing;

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
