using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Waybill.Notifications.Telemetry;

/// <summary>The one activity source and the one meter, and the names of tags and log properties.</summary>
public static class WaybillTelemetry
{
    public const string Name = "Waybill";

    public const string EventId = "waybill.event.id";
    public const string NotificationId = "waybill.notification.id";
    public const string NotificationStatus = "waybill.notification.status";
    public const string NotificationFinal = "waybill.notification.final";
    public const string CorrelationId = "waybill.correlation.id";
    public const string AttemptNumber = "waybill.attempt.number";
    public const string Category = "waybill.delivery.category";
    public const string HostClass = "waybill.host.class";
    public const string ErrorCode = "error.type";
    public const string Transition = "waybill.transition";
    public const string TransitionFrom = "waybill.transition.from";
    public const string TransitionTo = "waybill.transition.to";
    public const string EndpointReason = "waybill.endpoint.reason";
    public const string DuplicateOf = "waybill.duplicate.of";
    public const string QueueState = "waybill.queue.state";
    public const string AwsService = "rpc.service";
    public const string AwsOperation = "rpc.method";
    public const string Direction = "network.io.direction";
    public const string CapacityKind = "waybill.dynamodb.capacity.kind";

    /// <summary>Metrics that the deployment's alarms look at.</summary>
    public const string Attempts = "waybill.attempts";
    public const string DispatcherLag = "waybill.dispatcher.lag";
    public const string EndpointsChanged = "waybill.endpoints.changed";

    public static readonly ActivitySource Source = new(Name);

    internal static readonly Meter Meter = new(Name);

    /// <summary>Links the current span to the trace in which the notification was accepted.</summary>
    /// <param name="traceparent">As the record keeps it; null for one that had none.</param>
    public static void LinkToOrigin(string? traceparent)
    {
        if (ActivityContext.TryParse(traceparent, null, isRemote: true, out var origin))
        {
            Activity.Current?.AddLink(new ActivityLink(origin));
        }
    }

    /// <summary>Names the notification on the current span, so that a trace can be found by its id.</summary>
    public static void Identify(string notificationId, string? correlationId = null)
    {
        Activity.Current?.SetTag(NotificationId, notificationId);

        if (correlationId is not null)
        {
            Activity.Current?.SetTag(CorrelationId, correlationId);
        }
    }
}
