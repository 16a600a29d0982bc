using System.Diagnostics;

namespace Waybill.Notifications.Records;

/// <summary>What a record is to those who may see it.</summary>
public static class NotificationViews
{
    extension(NotificationView)
    {
        public static NotificationView Of(NotificationRecord record) => new()
        {
            Id = record.Id,
            Owner = record.Owner,
            Status = record.Status,
            Url = record.Url,
            Method = record.Method,
            CorrelationId = record.CorrelationId,
            EventId = record.Event?.Id,
            EventType = record.Event?.Type,
            Tenant = record.Event?.Tenant,
            EndpointId = record.Event?.EndpointId,
            Attempts = record.Attempts,
            MaxAttempts = record.MaxAttempts,
            Epoch = record.Epoch,
            Version = record.Version,
            RedeliveryJob = record.RedeliveryJob,
            Waiting = NotificationWaiting.Of(record),
            CreatedAt = record.CreatedAt,
            QueuedAt = record.QueuedAt,
            LastDeliveryAttempt = record.LastDeliveryAttempt,
            LastUpdatedAt = record.LastUpdatedAt,
            DeliveredAt = record.DeliveredAt,
            RedeliveredAt = record.RedeliveredAt,
            NextAttemptAt = record.Status == NotificationStatus.Failed ? record.NextAttemptAt : null,
            DeliverAt = record.DeliverAt,
            LastSendError = record.LastSendError,
            Notify = record.Notify ? true : null,
            TraceId = ActivityContext.TryParse(record.Traceparent, null, out var context) ? context.TraceId.ToHexString() : null,
            DeliveryResult = record.DeliveryResult,
            History = record.History,
            HistoryOmitted = record.HistoryOmitted > 0 ? record.HistoryOmitted : null,
        };
    }
}
