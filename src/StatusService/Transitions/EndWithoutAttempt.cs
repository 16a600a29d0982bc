using Waybill.Notifications.Records;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Store.Changes;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Transitions;

/// <summary>What ends a notification without a worker's report, fenced by the version that was read.</summary>
internal static class EndWithoutAttempt
{
    private const string EndpointIsDisabled = "The endpoint is disabled.";

    /// <summary>The attempt of a worker that never reported; whether the receiver saw the call is not known. Null where none was lost.</summary>
    public static HistoryEntry? LostAttempt(NotificationRecord record) => record.Lease is not { } lease ? null : new()
    {
        Number = record.NextAttemptNumber,
        Epoch = record.Epoch,
        StartedAt = lease.StartedAt,
        Category = DeliveryCategory.Abandoned,
        ErrorCode = EndCodes.LeaseExpired,
        Url = record.Event is null ? null : record.Url,
    };

    /// <param name="reason">For people.</param>
    /// <param name="isOwed">Whether its owner is to be told.</param>
    public static StateChange Abandon(NotificationRecord record, DateTimeOffset now, TableOptions options, string code, string reason, bool isOwed) =>
        End(TransitionTable.Abandon, record, now, options, DeliveryCategory.Abandoned, code, reason, isOwed);

    public static StateChange Refuse(NotificationRecord record, DateTimeOffset now, TableOptions options, bool isOwed) =>
        End(TransitionTable.Abandon, record, now, options, DeliveryCategory.EndpointDisabled, EndCodes.EndpointDisabled, EndpointIsDisabled, isOwed);

    /// <summary>Of one that came when its endpoint was disabled already.</summary>
    public static DeliveryResult Refused(string? correlationId, DateTimeOffset now) =>
        Result(DeliveryCategory.EndpointDisabled, EndCodes.EndpointDisabled, EndpointIsDisabled, attempt: 0, correlationId, now);

    /// <summary>Who cancels knows, and is not told.</summary>
    public static StateChange Cancel(NotificationRecord record, DateTimeOffset now, TableOptions options) =>
        End(TransitionTable.Cancel, record, now, options, DeliveryCategory.Cancelled, EndCodes.Cancelled, "The notification was cancelled.", isOwed: false);

    private static StateChange End(
        Transition row,
        NotificationRecord record,
        DateTimeOffset now,
        TableOptions options,
        DeliveryCategory category,
        string code,
        string message,
        bool isOwed)
    {
        var result = Result(category, code, message, LostAttempt(record)?.Number ?? record.LastAttemptNumber, record.CorrelationId, now);

        return new StateChange(row, now, StoredValue.Of(record.Version))
            .Set(RecordField.DeliveryResult, StoredNames.DeliveryResult, StoredValue.Of(ResultMap.Write(result)))
            .Fails(Failure.Of(record, result))
            .Remove(RecordField.NextAttemptAt, StoredNames.NextAttemptAt)
            .AddsLostAttempt(record)
            .EndsWithoutLease()
            .NoLongerWaits()
            .EndsDelivery(now, options, isOwed ? record.Id : null);
    }

    private static DeliveryResult Result(DeliveryCategory category, string code, string message, int attempt, string? correlationId, DateTimeOffset now) => new()
    {
        Success = false,
        RetryEligible = false,
        Category = category,
        ResponseTime = 0,
        ErrorDetails = new ErrorDetails(code, message, category, null),
        Timestamp = now,
        Attempt = attempt,
        CorrelationId = correlationId,
    };
}
