using Waybill.Notifications.Transitions;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Store.Changes;

/// <summary>Which stored attributes each field of the transition table stands for.</summary>
internal static class FieldNames
{
    /// <summary>What every transition writes.</summary>
    public static readonly IReadOnlyList<string> Always =
        [StoredNames.Status, StoredNames.StatusBefore, StoredNames.Version, StoredNames.LastUpdatedAt, StoredNames.WriteToken];

    private static readonly Dictionary<RecordField, string[]> ByField = new()
    {
        [RecordField.PreviousStatus] = [StoredNames.PreviousStatus],
        [RecordField.QueuedAt] = [StoredNames.QueuedAt],
        [RecordField.LastSendError] = [StoredNames.LastSendError],
        [RecordField.DueAt] = [StoredNames.DueShard, StoredNames.DueAt],
        [RecordField.Lease] = [StoredNames.LeaseToken, StoredNames.LeaseOwner, StoredNames.LeaseStartedAt, StoredNames.LeaseUntil],
        [RecordField.Claims] = [StoredNames.Claims],
        [RecordField.Dispatches] = [StoredNames.Dispatches],
        [RecordField.Target] = [StoredNames.Url, StoredNames.TimeoutSeconds, StoredNames.RetrySchedule, StoredNames.MaxAttempts],
        [RecordField.Waiting] = [StoredNames.Waiting],
        [RecordField.LastDeliveryAttempt] = [StoredNames.LastDeliveryAttempt],
        [RecordField.NextAttemptAt] = [StoredNames.NextAttemptAt],
        [RecordField.Attempts] = [StoredNames.Attempts],
        [RecordField.DeliveryResult] = [StoredNames.DeliveryResult],
        [RecordField.History] = [StoredNames.History, StoredNames.LastAttempt],
        [RecordField.DeliveredAt] = [StoredNames.DeliveredAt],
        [RecordField.Epoch] = [StoredNames.Epoch],
        [RecordField.RedeliveredAt] = [StoredNames.RedeliveredAt],
        [RecordField.RedeliveryJob] = [StoredNames.RedeliveryJob],
        [RecordField.Failure] = [StoredNames.FailedShard, StoredNames.FailedAt],
        [RecordField.ExpiresAt] = [StoredNames.ExpiresAt],
    };

    /// <summary>None for <see cref="RecordField.WholeRecord"/>, which no update writes.</summary>
    public static IReadOnlyList<string> Of(RecordField field) => ByField.GetValueOrDefault(field, []);
}
