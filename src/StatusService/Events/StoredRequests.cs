using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.StatusService.Store;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Events;

/// <summary>What is sent for a notification: its own request, or of an event its body, to the endpoint as it is now.</summary>
internal sealed class StoredRequests(NotificationStore store, EventStore events)
{
    /// <summary>Null when it is not kept any more. Of an endpoint that was deleted since the URL is known, and not the headers.</summary>
    public async Task<NotificationRequest?> GetAsync(NotificationRecord record, CancellationToken cancellationToken)
    {
        if (EventTarget.Of(record) is not { } target)
        {
            return await store.GetRequestAsync(record.Id, cancellationToken) is { } own ? RecordTrouble.Read(own, RequestItem.Read, record.Owner) : null;
        }

        var (happened, endpoint) = await events.GetWithEndpointAsync(target.EventId, target.Endpoint, cancellationToken);

        return (happened, endpoint is null ? null : RecordTrouble.Read(endpoint, EndpointItem.Read, record.Owner)) switch
        {
            (null, _) => null,
            (var item, { IsDeleted: false } to) => RecordTrouble.Read(item, read => EventItem.ReadRequest(read, to), record.Owner),
            (var item, _) => RecordTrouble.Read(item, read => EventItem.ReadRequest(read, record.Url), record.Owner),
        };
    }
}
