using System.Diagnostics.Metrics;
using Waybill.Notifications.Records;

namespace Waybill.Notifications.Telemetry;

/// <summary>What Waybill counts and measures. Tags are of low cardinality: never an id, a host or a URL.</summary>
public static class WaybillMetrics
{
    private static readonly Counter<long> Transitions =
        WaybillTelemetry.Meter.CreateCounter<long>("waybill.transitions", "{transition}", "Transitions that were written.");

    private static readonly Counter<long> Refusals =
        WaybillTelemetry.Meter.CreateCounter<long>("waybill.transitions.refused", "{transition}", "Transitions whose condition failed.");

    private static readonly Counter<long> Attempts =
        WaybillTelemetry.Meter.CreateCounter<long>("waybill.attempts", "{attempt}", "HTTP attempts by category.");

    private static readonly Histogram<double> AttemptDuration =
        WaybillTelemetry.Meter.CreateHistogram<double>("waybill.attempt.duration", "s", "Length of one HTTP attempt.");

    private static readonly Histogram<double> TimeToFinal =
        WaybillTelemetry.Meter.CreateHistogram<double>("waybill.notification.duration", "s", "From acceptance to the final state.");

    private static readonly Gauge<int> QueueMessages =
        WaybillTelemetry.Meter.CreateGauge<int>("waybill.queue.messages", "{message}", "Messages in the queue and its dead-letter queue.");

    private static readonly Counter<long> AwsCalls =
        WaybillTelemetry.Meter.CreateCounter<long>("waybill.aws.calls", "{call}", "Requests to AWS, each try of one.");

    private static readonly Counter<long> AwsBytes =
        WaybillTelemetry.Meter.CreateCounter<long>("waybill.aws.bytes", "By", "Bodies of requests to AWS and of its answers.");

    private static readonly Counter<double> Capacity =
        WaybillTelemetry.Meter.CreateCounter<double>("waybill.dynamodb.capacity", "{unit}", "Units that DynamoDB charges for, indexes included.");

    public static void TransitionApplied(string transition, string from, string to) =>
        Transitions.Add(1, new(WaybillTelemetry.Transition, transition), new(WaybillTelemetry.TransitionFrom, from), new(WaybillTelemetry.TransitionTo, to));

    public static void TransitionRefused(string transition, string current) =>
        Refusals.Add(1, new(WaybillTelemetry.Transition, transition), new(WaybillTelemetry.NotificationStatus, current));

    public static void AttemptMade(DeliveryCategory category, double milliseconds)
    {
        var tag = new KeyValuePair<string, object?>(WaybillTelemetry.Category, category.Text());
        Attempts.Add(1, tag);
        AttemptDuration.Record(milliseconds / 1000, tag);
    }

    public static void Finished(NotificationStatus status, TimeSpan sinceAcceptance) =>
        TimeToFinal.Record(sinceAcceptance.TotalSeconds, new KeyValuePair<string, object?>(WaybillTelemetry.NotificationStatus, status.Text()));

    public static void QueueDepthIs(int waiting, int inFlight, int deadLetters)
    {
        QueueMessages.Record(waiting, new KeyValuePair<string, object?>(WaybillTelemetry.QueueState, "waiting"));
        QueueMessages.Record(inFlight, new KeyValuePair<string, object?>(WaybillTelemetry.QueueState, "in_flight"));
        QueueMessages.Record(deadLetters, new KeyValuePair<string, object?>(WaybillTelemetry.QueueState, "dead_letter"));
    }

    /// <param name="service">As the AWS SDK names it, such as DynamoDB.</param>
    /// <param name="operation">Such as PutItem.</param>
    /// <param name="received">Bytes of the answer's body; 0 when there was no answer.</param>
    public static void AwsCallMade(string service, string operation, long sent, long received)
    {
        var serviceTag = new KeyValuePair<string, object?>(WaybillTelemetry.AwsService, service);
        var operationTag = new KeyValuePair<string, object?>(WaybillTelemetry.AwsOperation, operation);

        AwsCalls.Add(1, serviceTag, operationTag);
        AwsBytes.Add(sent, serviceTag, operationTag, new(WaybillTelemetry.Direction, "transmit"));
        AwsBytes.Add(received, serviceTag, operationTag, new(WaybillTelemetry.Direction, "receive"));
    }

    public static void CapacityRead(string operation, double units) => CapacityConsumed(operation, "read", units);

    /// <summary>A write whose condition failed consumes units too, but DynamoDB does not say how many: they are not counted.</summary>
    public static void CapacityWritten(string operation, double units) => CapacityConsumed(operation, "write", units);

    private static void CapacityConsumed(string operation, string kind, double units) =>
        Capacity.Add(units, new(WaybillTelemetry.AwsOperation, operation), new(WaybillTelemetry.CapacityKind, kind));
}
