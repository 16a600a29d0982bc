using System.Diagnostics;
using System.Diagnostics.Metrics;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;

namespace Waybill.Notifications.Telemetry;

/// <summary>What Waybill counts and measures. Tags are of low cardinality: never an id, a host or a URL.</summary>
public static class WaybillMetrics
{
    /// <summary>From the fastest answer of a receiver on the same machine to the longest schedule; OpenTelemetry's own buckets are for milliseconds.</summary>
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 7_200, 36_000, 172_800],
    };

    private static readonly UpDownCounter<long> Notifications = WaybillTelemetry.Meter.CreateUpDownCounter<long>(
        "waybill.notifications", "{notification}", "Notifications by status: how their number has changed since the process began.");

    private static readonly Histogram<double> TimeInStatus = Histogram("waybill.notification.status.duration", "From one status to the next.");

    private static readonly Counter<long> LeasesLost = WaybillTelemetry.Meter.CreateCounter<long>(
        "waybill.leases.lost", "{lease}", "Results that were refused because the lease had been taken over.");

    private static readonly Counter<long> DuplicatesSuppressed = WaybillTelemetry.Meter.CreateCounter<long>(
        "waybill.duplicates.suppressed", "{duplicate}", "Repeats that caused no second notification and no call.");

    private static readonly Counter<long> Transitions =
        WaybillTelemetry.Meter.CreateCounter<long>("waybill.transitions", "{transition}", "Transitions that were written.");

    private static readonly Counter<long> Refusals =
        WaybillTelemetry.Meter.CreateCounter<long>("waybill.transitions.refused", "{transition}", "Transitions whose condition failed.");

    private static readonly Counter<long> EndpointsChanged =
        WaybillTelemetry.Meter.CreateCounter<long>(WaybillTelemetry.EndpointsChanged, "{endpoint}", "Changes of endpoints that were written.");

    private static readonly Counter<long> Attempts =
        WaybillTelemetry.Meter.CreateCounter<long>(WaybillTelemetry.Attempts, "{attempt}", "HTTP attempts by category.");

    private static readonly Histogram<double> AttemptDuration = Histogram("waybill.attempt.duration", "Length of one HTTP attempt.");

    private static readonly Histogram<double> TimeToFinal = Histogram("waybill.notification.duration", "From acceptance, the time it was scheduled for or its redelivery to the final state.");

    private static readonly Gauge<int> QueueMessages =
        WaybillTelemetry.Meter.CreateGauge<int>("waybill.queue.messages", "{message}", "Messages in the queue and its dead-letter queue.");

    private static readonly Gauge<double> DispatcherLag =
        WaybillTelemetry.Meter.CreateGauge<double>(WaybillTelemetry.DispatcherLag, "s", "How late the latest due notification was found.");

    private static readonly Counter<long> Skipped = WaybillTelemetry.Meter.CreateCounter<long>(
        "waybill.dispatcher.skipped", "{notification}", "Due notifications that were passed over because their own record is in trouble.");

    private static readonly Counter<long> TicketRequests = WaybillTelemetry.Meter.CreateCounter<long>(
        "waybill.tickets.requests", "{request}", "Requests for tickets of endpoints with a rate of their own, each a write to the table.");

    private static readonly Counter<long> AwsCalls =
        WaybillTelemetry.Meter.CreateCounter<long>("waybill.aws.calls", "{call}", "Requests to AWS, each try of one.");

    private static readonly Counter<long> AwsBytes =
        WaybillTelemetry.Meter.CreateCounter<long>("waybill.aws.bytes", "By", "Bodies of requests to AWS and of its answers.");

    private static readonly Counter<double> Capacity =
        WaybillTelemetry.Meter.CreateCounter<double>("waybill.dynamodb.capacity", "{unit}", "Units that DynamoDB charges for, indexes included.");

    public static void TransitionApplied(string transition, string from, string to) =>
        Transitions.Add(1, new(WaybillTelemetry.Transition, transition), new(WaybillTelemetry.TransitionFrom, from), new(WaybillTelemetry.TransitionTo, to));

    /// <param name="from">What it was before; null when there was nothing.</param>
    public static void StatusChanged(StatusBefore? from, NotificationRecord to)
    {
        Notifications.Add(1, StatusTags(to.Status, to.IsFinal));

        if (from is not { } before)
        {
            return;
        }

        Notifications.Add(-1, StatusTags(before.Status, before.IsFinal));

        if (before.Status != to.Status && before.Since is { } since)
        {
            TimeInStatus.Record((to.LastUpdatedAt - since).TotalSeconds, StatusTags(before.Status, before.IsFinal));
        }
    }

    /// <summary>A worker came too late with its result.</summary>
    public static void LeaseLost() => LeasesLost.Add(1);

    /// <summary>A request was repeated with its idempotency key.</summary>
    public static void RequestRepeated() => DuplicatesSuppressed.Add(1, new KeyValuePair<string, object?>(WaybillTelemetry.DuplicateOf, "request"));

    /// <summary>A message of the queue had nothing to do any more.</summary>
    public static void MessageRepeated() => DuplicatesSuppressed.Add(1, new KeyValuePair<string, object?>(WaybillTelemetry.DuplicateOf, "message"));

    public static void TransitionRefused(string transition, string current) =>
        Refusals.Add(1, new(WaybillTelemetry.Transition, transition), new(WaybillTelemetry.NotificationStatus, current));

    /// <param name="reason">Why it is disabled, where that is what happened; null else.</param>
    public static void EndpointChanged(EndpointTransition row, string? reason = null)
    {
        var transition = new KeyValuePair<string, object?>(WaybillTelemetry.Transition, row.Name);

        if (reason is null)
        {
            EndpointsChanged.Add(1, transition);
        }
        else
        {
            EndpointsChanged.Add(1, transition, new(WaybillTelemetry.EndpointReason, reason));
        }
    }

    /// <param name="hostClass">How the host was doing before: new, probed, suspect, paced or steady.</param>
    public static void AttemptMade(DeliveryCategory category, string hostClass, double milliseconds)
    {
        var tag = new KeyValuePair<string, object?>(WaybillTelemetry.Category, category.Text());
        Attempts.Add(1, tag, new(WaybillTelemetry.HostClass, hostClass));
        AttemptDuration.Record(milliseconds / 1000, tag);
    }

    /// <param name="sincePlannedStart">Negative where it ended before its time, cancelled: that counts as no time.</param>
    public static void Finished(NotificationStatus status, TimeSpan sincePlannedStart) =>
        TimeToFinal.Record(Math.Max(0, sincePlannedStart.TotalSeconds), new KeyValuePair<string, object?>(WaybillTelemetry.NotificationStatus, status.Text()));

    /// <summary>A worker asks for calls to an endpoint with a rate of its own, beyond those that it may make unasked.</summary>
    public static void TicketsRequested() => TicketRequests.Add(1);

    /// <summary>Zero when nothing is due, so that no value at all means that nobody looks.</summary>
    public static void DispatcherLagIs(TimeSpan lag) => DispatcherLag.Record(lag.TotalSeconds);

    /// <summary>The log names it, and says for how long.</summary>
    public static void DispatcherSkipped() => Skipped.Add(1);

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

    private static Histogram<double> Histogram(string name, string description) =>
        WaybillTelemetry.Meter.CreateHistogram(name, "s", description, tags: null, Seconds);

    private static TagList StatusTags(NotificationStatus status, bool isFinal) => new()
    {
        { WaybillTelemetry.NotificationStatus, status.Text() },
        { WaybillTelemetry.NotificationFinal, isFinal },
    };
}
