using Waybill.Notifications.Records;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Callbacks;

/// <summary>What the failures have in common that one callback may stand for: an endpoint, or of what was posted to URLs, the owner and the host.</summary>
/// <param name="Text">Different keys have different ones.</param>
internal sealed record DigestKey(string Text, string Owner, string? EndpointId, string? Tenant, string? Host)
{
    public static DigestKey Of(NotificationRecord record)
    {
        if (record.Event is { } happened)
        {
            return new DigestKey(happened.EndpointId, record.Owner, happened.EndpointId, happened.Tenant, null);
        }

        var host = UrlHost.Of(record.Url);

        // The length keeps ("ab", "c") and ("a", "bc") apart.
        return new DigestKey($"{record.Owner.Length}:{record.Owner}{host}", record.Owner, null, null, host);
    }
}
