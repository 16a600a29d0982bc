using Amazon.Runtime.Internal;
using Amazon.SQS;
using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Waybill.DeliveryWorker.Fairness;
using Waybill.Hosting.Aws;
using Waybill.Notifications.Queue;

namespace Waybill.DeliveryWorker.Delivery;

internal static class DeliveryExtensions
{
    /// <summary>Seconds until a message that failed is tried again: five tries outlast a short outage.</summary>
    private const int RedeliverSeconds = 5;

    /// <summary>What the host has over the bus to end in order.</summary>
    private static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(5);

    public static void AddDelivery(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<DeliveryOptions>()
            .BindConfiguration(DeliveryOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();

        builder.Services.AddSingleton(WorkerName.OfThisProcess);
        builder.Services.AddScoped<Claimer>();
        builder.Services.AddScoped<HttpAttempt>();
        builder.Services.AddScoped<ResultRecorder>();

        AwsCallCounter.Register();
        builder.Services.AddSingleton<IAmazonSQS>(_ => new AmazonSQSClient(AwsRegion.Required()));
        builder.Services.AddSingleton<LateMessages>();
        builder.Services.AddHostedService(services => services.GetRequiredService<LateMessages>());
        builder.AddQueue();
        builder.AddDrain();
    }

    private static void AddQueue(this WebApplicationBuilder builder) => builder.Services.AddMassTransit(bus =>
    {
        bus.DisableUsageTelemetry();
        bus.AddConsumer<DeliverNotificationConsumer>();

        // Without the queue the worker is idle, not broken: /health says so, but stays 200.
        bus.ConfigureHealthCheckOptions(health => health.MinimalFailureStatus = HealthStatus.Degraded);

        bus.UsingAmazonSqs((context, sqs) =>
        {
            var options = context.GetRequiredService<IOptions<DeliveryOptions>>().Value;
            RuntimePipelineCustomizerRegistry.Instance.Register(context.GetRequiredService<LateMessages>());

            sqs.UseDefaultHost(AwsRegion.Required(), host => host.Config(new AmazonSQSConfig()));
            sqs.ReceiveEndpoint(options.QueueName, endpoint => Configure(endpoint, options, context));
        });
    });

    private static void Configure(IAmazonSqsReceiveEndpointConfigurator endpoint, DeliveryOptions options, IBusRegistrationContext context)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PublishFaults = false;
        endpoint.RethrowFaultedMessages();
        endpoint.ThrowOnSkippedMessages();

        // What waits for its host's turn takes no place of a call. How many requests for messages there are at a time follows from the second.
        endpoint.ConcurrentMessageLimit = WorkerSlots.MostInHand(options.Concurrency);
        endpoint.PrefetchCount = WorkerSlots.MostClaimed(options.Concurrency);
        endpoint.WaitTimeSeconds = QueueDefinition.ReceiveWaitSeconds;
        endpoint.RedeliverVisibilityTimeout = RedeliverSeconds;
        endpoint.QueueAttributes[QueueAttributeName.VisibilityTimeout] = QueueDefinition.VisibilityTimeoutSeconds;

        endpoint.ConfigureConsumer<DeliverNotificationConsumer>(context);
    }

    private static void AddDrain(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<MassTransitHostOptions>().Configure<IOptions<DeliveryOptions>>((bus, delivery) =>
        {
            var drain = TimeSpan.FromSeconds(delivery.Value.DrainSeconds);
            bus.StopTimeout = drain;
            bus.ConsumerStopTimeout = drain;
        });

        builder.Services.AddOptions<HostOptions>().Configure<IOptions<DeliveryOptions>>((host, delivery) =>
            host.ShutdownTimeout = TimeSpan.FromSeconds(delivery.Value.DrainSeconds) + StopMargin);
    }
}
