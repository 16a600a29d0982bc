using Waybill.Notifications.Delivery;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;

namespace Waybill.StatusService.Store.Items;

/// <summary>The state item: how a record is stored. Updates touch single attributes, so those this version does not know stay.</summary>
internal static class StateItem
{
    public static Item Key(string id) => new()
    {
        [StoredNames.Id] = StoredValue.Of(id),
        [StoredNames.Kind] = StoredValue.Of(TableDefinition.StateItem),
    };

    public static Item New(AcceptRequest request, DateTimeOffset now, DateTimeOffset dueAt)
    {
        var item = Key(request.Id);
        item[StoredNames.Owner] = StoredValue.Of(request.Owner);
        item[StoredNames.Status] = StoredValue.Of(NotificationStatus.Pending.Text());
        item[StoredNames.Version] = StoredValue.Of(1);
        item[StoredNames.Url] = StoredValue.Of(request.Request.Url);
        item[StoredNames.Method] = StoredValue.Of(request.Request.Method);
        item[StoredNames.TimeoutSeconds] = StoredValue.Of(request.TimeoutSeconds);
        item[StoredNames.MaxAttempts] = StoredValue.Of(RetrySchedule.MaxAttempts(request.RetrySchedule));
        item[StoredNames.CreatedAt] = StoredValue.Of(now);
        item[StoredNames.LastUpdatedAt] = StoredValue.Of(now);
        item[StoredNames.DueShard] = StoredValue.Of(Shards.Due(request.Id));
        item[StoredNames.DueAt] = StoredValue.Of(dueAt);
        item[StoredNames.Fingerprint] = StoredValue.Of(request.Fingerprint);
        item.AddIf(StoredNames.CorrelationId, request.CorrelationId is { } correlationId ? StoredValue.Of(correlationId) : null);
        item.AddIf(StoredNames.Correlation, request.CorrelationId is { } correlated ? StoredValue.Of(CorrelationKey(request.Owner, correlated)) : null);
        item.AddIf(StoredNames.DeliverAt, request.DeliverAt is { } deliverAt ? StoredValue.Of(deliverAt) : null);
        item.AddIf(StoredNames.Traceparent, request.Traceparent is { } traceparent ? StoredValue.Of(traceparent) : null);
        item.AddIf(StoredNames.Notify, request.Notify ? StoredValue.Of(1) : null);
        item.AddIf(StoredNames.RetrySchedule, request.RetrySchedule is { } schedule ? StoredValue.Of(schedule.Select(StoredValue.Of)) : null);
        return item;
    }

    /// <summary>Of an event, for one of its endpoints as it is now.</summary>
    /// <param name="endpoint">Where it was deleted since it was matched, what is left of it, or null: the first claim ends the notification.</param>
    public static Item New(EventRecord happened, string endpointId, EndpointRecord? endpoint, DateTimeOffset now, DateTimeOffset dueAt)
    {
        var item = New(
            new AcceptRequest
            {
                Id = NotificationId.OfEvent(happened.Id, endpointId),
                Owner = happened.Owner,
                Request = new NotificationRequest(EventItem.Method, endpoint?.Url ?? "", new Dictionary<string, string>(), null, null),
                Fingerprint = happened.Fingerprint,
                TimeoutSeconds = endpoint?.TimeoutSeconds ?? DeliveryTiming.DefaultTimeoutSeconds,
                CorrelationId = happened.CorrelationId,
                RetrySchedule = endpoint?.RetrySchedule,
                DeliverAt = happened.DeliverAt,
                Traceparent = happened.Traceparent,
            },
            now,
            dueAt);

        item[StoredNames.EventId] = StoredValue.Of(happened.Id);
        item[StoredNames.EventType] = StoredValue.Of(happened.Type);
        item[StoredNames.Tenant] = StoredValue.Of(happened.Tenant);
        item[StoredNames.Endpoint] = StoredValue.Of(endpointId);
        return item;
    }

    /// <summary>It waits for the end of its endpoint's pause.</summary>
    public static Item Held(Item item)
    {
        item[StoredNames.Waiting] = StoredValue.Of(WaitingReasons.EndpointPaused);
        return item;
    }

    /// <summary>It has failed for good from the beginning: nothing is due but, where its owner is to be told, that.</summary>
    public static Item Refused(Item item, DeliveryResult result, DateTimeOffset now, DateTimeOffset expiresAt, bool isOwed)
    {
        item[StoredNames.Status] = StoredValue.Of(NotificationStatus.Failed.Text());
        item[StoredNames.DeliveryResult] = StoredValue.Of(ResultMap.Write(result));
        item[StoredNames.ExpiresAt] = StoredValue.OfSeconds(expiresAt);

        if (isOwed)
        {
            item[StoredNames.DueShard] = StoredValue.Of(Shards.Outbox(item.RequiredText(StoredNames.Id)));
            item[StoredNames.DueAt] = StoredValue.Of(now);
            return item;
        }

        item.Remove(StoredNames.DueShard);
        item.Remove(StoredNames.DueAt);
        return item;
    }

    /// <summary>The partition of those of an owner that have a correlation id. The length keeps ("ab", "c") and ("a", "bc") apart.</summary>
    public static string CorrelationKey(string owner, string correlationId) => $"{owner.Length}:{owner}{correlationId}";

    public static NotificationRecord Read(Item item) => new()
    {
        Id = item.RequiredText(StoredNames.Id),
        Owner = item.RequiredText(StoredNames.Owner),
        Status = item.RequiredWord<NotificationStatus>(StoredNames.Status),
        PreviousStatus = item.Word<NotificationStatus>(StoredNames.PreviousStatus),
        Version = item.RequiredInt(StoredNames.Version),
        Epoch = item.Int(StoredNames.Epoch) ?? 0,
        RedeliveryJob = item.Text(StoredNames.RedeliveryJob),
        CorrelationId = item.Text(StoredNames.CorrelationId),
        Url = item.RequiredText(StoredNames.Url),
        Method = item.RequiredText(StoredNames.Method),
        TimeoutSeconds = item.Int(StoredNames.TimeoutSeconds) ?? DeliveryTiming.DefaultTimeoutSeconds,
        RetrySchedule = Schedule(item),
        Attempts = item.Int(StoredNames.Attempts) ?? 0,
        MaxAttempts = item.RequiredInt(StoredNames.MaxAttempts),
        Claims = item.Int(StoredNames.Claims) ?? 0,
        Dispatches = Math.Max(0, item.Int(StoredNames.Dispatches) ?? 0),
        WaitingReason = item.Text(StoredNames.Waiting),
        Notify = item.ContainsKey(StoredNames.Notify),
        Event = ReadEvent(item),
        CreatedAt = item.RequiredTime(StoredNames.CreatedAt),
        QueuedAt = item.Time(StoredNames.QueuedAt),
        LastDeliveryAttempt = item.Time(StoredNames.LastDeliveryAttempt),
        LastUpdatedAt = item.RequiredTime(StoredNames.LastUpdatedAt),
        DeliveredAt = item.Time(StoredNames.DeliveredAt),
        RedeliveredAt = item.Time(StoredNames.RedeliveredAt),
        NextAttemptAt = item.Time(StoredNames.NextAttemptAt),
        DeliverAt = item.Time(StoredNames.DeliverAt),
        DueAt = item.Time(StoredNames.DueAt),
        Lease = ReadLease(item),
        LastSendError = item.Text(StoredNames.LastSendError),
        DeliveryResult = item.Map(StoredNames.DeliveryResult) is { } result ? ResultMap.Read(result, item.Text(StoredNames.CorrelationId)) : null,
        History = [.. item.Maps(StoredNames.History).Select(HistoryMap.Read)],
        LastAttempt = item.Int(StoredNames.LastAttempt) ?? 0,
        Fingerprint = item.RequiredText(StoredNames.Fingerprint),
        Traceparent = item.Text(StoredNames.Traceparent),
    };

    private static EventReference? ReadEvent(Item item) =>
        item.Text(StoredNames.EventId) is { } id
            ? new EventReference(id, item.RequiredText(StoredNames.EventType), item.RequiredText(StoredNames.Tenant), item.RequiredText(StoredNames.Endpoint))
            : null;

    private static Lease? ReadLease(Item item) =>
        item.Text(StoredNames.LeaseToken) is { } token
            ? new Lease(token, item.Text(StoredNames.LeaseOwner) ?? "", item.RequiredTime(StoredNames.LeaseStartedAt), item.RequiredTime(StoredNames.LeaseUntil))
            : null;

    private static int[]? Schedule(Item item) =>
        item.ContainsKey(StoredNames.RetrySchedule)
            ? [.. item.Ints(StoredNames.RetrySchedule)]
            : null;
}
