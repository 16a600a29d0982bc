using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Events;
using Waybill.Notifications.Storage;

namespace Waybill.StatusService.Store.Items;

/// <summary>An event: immutable, the body once for all its endpoints, and the plan of which they are. It is the request item of all its notifications.</summary>
internal static class EventItem
{
    /// <summary>How events are delivered.</summary>
    public const string Method = "POST";

    public static Item Key(string eventId) => RequestItem.Key(eventId);

    /// <param name="endpointIds">That it matches.</param>
    public static Item New(AcceptEventRequest accept, IReadOnlyList<string> endpointIds, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        var item = Key(accept.Id);
        item[StoredNames.Owner] = StoredValue.Of(accept.Owner);
        item[StoredNames.Tenant] = StoredValue.Of(accept.Tenant);
        item[StoredNames.EventType] = StoredValue.Of(accept.Type);
        item[StoredNames.Event.CreatedAt] = StoredValue.Of(now);
        item[StoredNames.Event.Plan] = StoredValue.Of(EndpointId.Pack(endpointIds));
        item[StoredNames.Request.Fingerprint] = StoredValue.Of(accept.Fingerprint);
        item[StoredNames.ExpiresAt] = StoredValue.OfSeconds(expiresAt);
        item.AddIf(StoredNames.Request.ContentType, accept.ContentType is { } contentType ? StoredValue.Of(contentType) : null);
        item.AddIf(StoredNames.CorrelationId, accept.CorrelationId is { } correlationId ? StoredValue.Of(correlationId) : null);
        item.AddIf(StoredNames.DeliverAt, accept.DeliverAt is { } deliverAt ? StoredValue.Of(deliverAt) : null);
        item.AddIf(StoredNames.Traceparent, accept.Traceparent is { } traceparent ? StoredValue.Of(traceparent) : null);
        item.AddIf(StoredNames.Event.Test, accept.EndpointId is null ? null : StoredValue.Of(1));
        RequestItem.AddBody(item, accept.Body);
        return item;
    }

    public static EventRecord Read(Item item) => new()
    {
        Id = item.RequiredText(StoredNames.Id),
        Owner = item.RequiredText(StoredNames.Owner),
        Tenant = item.RequiredText(StoredNames.Tenant),
        Type = item.RequiredText(StoredNames.EventType),
        CorrelationId = item.Text(StoredNames.CorrelationId),
        CreatedAt = item.RequiredTime(StoredNames.Event.CreatedAt),
        DeliverAt = item.Time(StoredNames.DeliverAt),
        EndpointIds = EndpointId.Unpack(item.RequiredBytes(StoredNames.Event.Plan)),
        Fingerprint = item.RequiredText(StoredNames.Request.Fingerprint),
        Traceparent = item.Text(StoredNames.Traceparent),
    };

    public static bool IsTest(Item item) => item.ContainsKey(StoredNames.Event.Test);

    /// <summary>What is sent to one of its endpoints, as that is now.</summary>
    public static NotificationRequest ReadRequest(Item item, EndpointRecord endpoint) => ReadRequest(item, endpoint.Url) with { Headers = endpoint.Headers };

    /// <summary>The same without what only the endpoint knows.</summary>
    public static NotificationRequest ReadRequest(Item item, string url) =>
        new(Method, url, new Dictionary<string, string>(), item.Text(StoredNames.Request.ContentType), RequestItem.ReadBody(item));
}

/// <summary>The marker of an event whose notifications are not all stored yet. It is among what is due until they are.</summary>
internal static class FanOutItem
{
    public static Item Key(string eventId) => new()
    {
        [StoredNames.Id] = StoredValue.Of(eventId),
        [StoredNames.Kind] = StoredValue.Of(TableDefinition.FanOutItem),
    };

    public static Item New(string eventId, DateTimeOffset dueAt)
    {
        var item = Key(eventId);
        item[StoredNames.DueShard] = StoredValue.Of(Shards.Due(eventId));
        item[StoredNames.DueAt] = StoredValue.Of(dueAt);
        return item;
    }
}
