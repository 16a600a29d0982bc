using Waybill.Notifications.Transitions;
using Waybill.StatusService.Store;

namespace Waybill.StatusService.Tests;

/// <summary>Which stored attributes each field of the transition table stands for.</summary>
internal static class FieldNames
{
    public static readonly string[] Always =
        [StoredNames.Status, StoredNames.Version, StoredNames.LastUpdatedAt, StoredNames.WriteToken];

    public static string[] Of(RecordField field) => field switch
    {
        RecordField.PreviousStatus => [StoredNames.PreviousStatus],
        RecordField.QueuedAt => [StoredNames.QueuedAt],
        RecordField.LastSendError => [StoredNames.LastSendError],
        RecordField.DueAt => [StoredNames.DueShard, StoredNames.DueAt],
        RecordField.Lease => [StoredNames.LeaseToken, StoredNames.LeaseOwner, StoredNames.LeaseStartedAt, StoredNames.LeaseUntil],
        RecordField.Claims => [StoredNames.Claims],
        RecordField.LastDeliveryAttempt => [StoredNames.LastDeliveryAttempt],
        RecordField.NextAttemptAt => [StoredNames.NextAttemptAt],
        RecordField.Attempts => [StoredNames.Attempts],
        RecordField.DeliveryResult => [StoredNames.DeliveryResult],
        RecordField.History => [StoredNames.History],
        RecordField.DeliveredAt => [StoredNames.DeliveredAt],
        RecordField.Epoch => [StoredNames.Epoch],
        RecordField.RedeliveryJob => [StoredNames.RedeliveryJob],
        RecordField.ExpiresAt => [StoredNames.ExpiresAt],
        _ => throw new NotSupportedException($"{field} has no stored names here: add them."),
    };
}
