using Waybill.Notifications.Records;

namespace Waybill.StatusService.Transitions;

/// <summary>Results and history entries for what ended without a worker's report.</summary>
internal static class EndWithoutAttempt
{
    public const string LeaseExpiredCode = "lease_expired";
    private const string ClaimsUsedUpCode = "claims_used_up";
    private const string CancelledCode = "cancelled";

    /// <summary>The attempt of a worker that never reported; whether the receiver saw the call is not known.</summary>
    public static HistoryEntry LostAttempt(NotificationRecord record, Lease lease) => new()
    {
        Number = record.NextAttemptNumber,
        Epoch = record.Epoch,
        StartedAt = lease.StartedAt,
        Category = DeliveryCategory.Abandoned,
        ErrorCode = LeaseExpiredCode,
    };

    public static DeliveryResult Abandoned(NotificationRecord record, DateTimeOffset now, string reason) =>
        Result(record, now, DeliveryCategory.Abandoned, ClaimsUsedUpCode, reason);

    public static DeliveryResult Cancelled(NotificationRecord record, DateTimeOffset now) =>
        Result(record, now, DeliveryCategory.Cancelled, CancelledCode, "The notification was cancelled.");

    private static DeliveryResult Result(NotificationRecord record, DateTimeOffset now, DeliveryCategory category, string code, string message) => new()
    {
        Success = false,
        RetryEligible = false,
        Category = category,
        ResponseTime = 0,
        ErrorDetails = new ErrorDetails(code, message, category, null),
        Timestamp = now,
        Attempt = record.History.Count,
        CorrelationId = record.CorrelationId,
    };
}
