using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using Waybill.Hosting;
using Waybill.Notifications.Callbacks;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Events;
using Waybill.StatusService.Events;

namespace Waybill.StatusService.Callbacks;

/// <summary>Callbacks become events of the tenant <see cref="Tenants.Reserved"/>, each with an id that is derived from what it tells of: made again, it is the same.</summary>
internal sealed class CallbackEvents(EventTransitions events, TimeProvider time, IOptions<CallbackOptions> options)
{
    /// <summary>As of every event.</summary>
    private const int MostBytes = 256 * 1024;

    /// <param name="count">How many it stands for.</param>
    /// <param name="listed">Those that are known, the earliest first.</param>
    public Task FailedAsync(string id, DigestKey key, int count, IReadOnlyList<NotificationRecord> listed, CancellationToken cancellationToken) =>
        PutAsync(id, key.Owner, CallbackTypes.NotificationFailed, FailedBody(key, count, listed), cancellationToken);

    public Task SucceededAsync(NotificationRecord record, CancellationToken cancellationToken)
    {
        var id = EventIds.OfCallback(CallbackTypes.NotificationSucceeded, record.Id, $"{record.Epoch}");
        var data = new NotificationSucceeded(SucceededNotification.Of(record, StatusUrl(record)));

        return PutAsync(id, record.Owner, CallbackTypes.NotificationSucceeded, Body(CallbackTypes.NotificationSucceeded, data, NotificationsJson.Default.CallbackNotificationSucceeded), cancellationToken);
    }

    /// <param name="at">When it happened to the endpoint: once at a time, of one type.</param>
    public Task AboutAsync<T>(EndpointRecord endpoint, DateTimeOffset at, string type, T data, JsonTypeInfo<Callback<T>> json, CancellationToken cancellationToken) =>
        PutAsync(EventIds.OfCallback(type, endpoint.Id, $"{at.ToUnixTimeMilliseconds()}"), endpoint.Owner, type, Body(type, data, json), cancellationToken);

    private byte[] FailedBody(DigestKey key, int count, IReadOnlyList<NotificationRecord> listed)
    {
        for (var most = NotificationsFailed.MostListed; ; most /= 2)
        {
            var failed = listed.Take(most).Select(record => FailedNotification.Of(record, StatusUrl(record)));
            var data = new NotificationsFailed(count, [.. failed], key.EndpointId, key.Tenant, key.Host);
            var body = Body(CallbackTypes.NotificationFailed, data, NotificationsJson.Default.CallbackNotificationsFailed);

            if (body.Length <= MostBytes || most == 0)
            {
                return body;
            }
        }
    }

    private byte[] Body<T>(string type, T data, JsonTypeInfo<Callback<T>> json) => JsonSerializer.SerializeToUtf8Bytes(new Callback<T>(type, time.GetUtcNow(), data), json);

    private Task PutAsync(string id, string owner, string type, byte[] body, CancellationToken cancellationToken)
    {
        var request = new AcceptEventRequest
        {
            Id = id,
            Owner = owner,
            Tenant = Tenants.Reserved,
            Type = type,
            ContentType = MediaTypeNames.Application.Json,
            Body = body,

            // Made again, it may have another body, and the first one counts.
            Fingerprint = id,
        };

        return events.AcceptForDispatcherAsync(request, cancellationToken);
    }

    private string? StatusUrl(NotificationRecord record) => options.Value.PublicUrl is { } url ? StatusLinks.OfNotification(url, record.Id) : null;
}
