using System.Diagnostics;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Telemetry;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Counters;

namespace Waybill.StatusService.Store.Changes;

/// <summary>One span event, one tick of metrics and counters and one log line for each transition, whether it applied or was refused.</summary>
internal sealed partial class TransitionJournal(CounterBook counters, ILogger<TransitionJournal> logger)
{
    private const string Absent = "ABSENT";

    /// <param name="before">Null when there was no record.</param>
    /// <param name="attempts">How many it added to the history.</param>
    public TransitionOutcome Applied(Transition row, StatusBefore? before, NotificationRecord record, int attempts)
    {
        var fromText = before?.Status.Text() ?? Absent;
        var toText = record.Status.Text();

        WaybillTelemetry.Identify(record.Id, record.CorrelationId);
        Activity.Current?.AddEvent(new ActivityEvent(row.Name, tags: new ActivityTagsCollection
        {
            [WaybillTelemetry.NotificationId] = record.Id,
            [WaybillTelemetry.TransitionFrom] = fromText,
            [WaybillTelemetry.TransitionTo] = toText,
        }));
        Activity.Current?.SetTag(WaybillTelemetry.Transition, row.Name);
        Activity.Current?.SetTag(WaybillTelemetry.NotificationStatus, toText);
        WaybillMetrics.TransitionApplied(row.Name, fromText, toText);
        Log.Applied(logger, row.Name, record.Id, fromText, toText, record.Version);

        if (row.IsNote)
        {
            return new TransitionOutcome(true, record);
        }

        WaybillMetrics.StatusChanged(before, record);
        counters.Note(row, record, attempts);

        if (record.IsFinal)
        {
            WaybillMetrics.Finished(record.Status, record.LastUpdatedAt - record.PlannedStart);
        }

        return new TransitionOutcome(true, record);
    }

    /// <param name="current">The record as it is; null when there is none.</param>
    public TransitionOutcome Refused(Transition row, NotificationRecord? current)
    {
        var status = current?.Status.Text() ?? Absent;

        Activity.Current?.SetTag(WaybillTelemetry.Transition, row.Name + " refused");
        Activity.Current?.SetTag(WaybillTelemetry.NotificationStatus, status);
        WaybillMetrics.TransitionRefused(row.Name, status);
        Log.Refused(logger, row.Name, current?.Id, status);

        return new TransitionOutcome(false, current);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Transition} of {NotificationId}: {From} to {To}, version {Version}.")]
        public static partial void Applied(ILogger logger, string transition, string notificationId, string from, string to, int version);

        [LoggerMessage(LogLevel.Information, "{Transition} of {NotificationId} refused: it is {Status}.")]
        public static partial void Refused(ILogger logger, string transition, string? notificationId, string status);
    }
}
