using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Sealing;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.Storage;

namespace Waybill.StatusService.Store.Items;

/// <summary>How an endpoint is stored: all of a tenant's lie together, so that one query finds whom an event is for.</summary>
internal static class EndpointItem
{
    public static Item Key(EndpointKey key) => new()
    {
        [StoredNames.Id] = StoredValue.Of(Partition(key.Owner, key.Tenant)),
        [StoredNames.Kind] = StoredValue.Of(key.Id),
    };

    /// <summary>The partition of a tenant's. The length keeps ("ab", "c") and ("a", "bc") apart.</summary>
    public static string Partition(string owner, string tenant) => $"{TableDefinition.Endpoints} {TenantKey(owner, tenant)}";

    /// <summary>One of an owner's tenants, among those of all.</summary>
    public static string TenantKey(string owner, string tenant) => $"{owner.Length}:{owner} {tenant}";

    public static Item New(CreateEndpointRequest request, EndpointSecret secret, DateTimeOffset now)
    {
        var item = Key(request.Key);
        item[StoredNames.Owner] = StoredValue.Of(request.Key.Owner);
        item[StoredNames.Tenant] = StoredValue.Of(request.Key.Tenant);
        item[StoredNames.Status] = StoredValue.Of(EndpointStatus.Active.Text());
        item[StoredNames.Version] = StoredValue.Of(1);
        item[StoredNames.Url] = StoredValue.Of(request.Url);
        item[StoredNames.EndpointItem.Types] = Types(request.Types);
        item[StoredNames.TimeoutSeconds] = StoredValue.Of(request.TimeoutSeconds);
        item[StoredNames.EndpointItem.Secrets] = Secrets([secret]);
        item[StoredNames.EndpointItem.CreatedAt] = StoredValue.Of(now);
        item[StoredNames.LastUpdatedAt] = StoredValue.Of(now);
        item[StoredNames.Fingerprint] = StoredValue.Of(request.Fingerprint);
        item.AddIf(StoredNames.EndpointItem.Description, request.Description is { Length: > 0 } description ? StoredValue.Of(description) : null);
        item.AddIf(StoredNames.Request.Headers, RequestItem.Headers(request.Headers));
        item.AddIf(StoredNames.RetrySchedule, request.RetrySchedule is { } schedule ? Schedule(schedule) : null);
        return item;
    }

    public static EndpointRecord Read(Item item) => new()
    {
        Id = item.RequiredText(StoredNames.Kind),
        Owner = item.RequiredText(StoredNames.Owner),
        Tenant = item.RequiredText(StoredNames.Tenant),
        Status = item.RequiredWord<EndpointStatus>(StoredNames.Status),
        Version = item.RequiredInt(StoredNames.Version),
        Url = item.RequiredText(StoredNames.Url),
        Description = item.Text(StoredNames.EndpointItem.Description),
        Types = [.. item.Texts(StoredNames.EndpointItem.Types)],
        Headers = RequestItem.ReadHeaders(item),
        TimeoutSeconds = item.Int(StoredNames.TimeoutSeconds) ?? DeliveryTiming.DefaultTimeoutSeconds,
        RetrySchedule = item.ContainsKey(StoredNames.RetrySchedule) ? [.. item.Ints(StoredNames.RetrySchedule)] : null,
        Secrets = [.. item.Maps(StoredNames.EndpointItem.Secrets).Select(ReadSecret)],
        CreatedAt = item.RequiredTime(StoredNames.EndpointItem.CreatedAt),
        LastUpdatedAt = item.RequiredTime(StoredNames.LastUpdatedAt),
        Fingerprint = item.RequiredText(StoredNames.Fingerprint),
    };

    public static AttributeValue Types(IEnumerable<string> types) => StoredValue.Of(types.Select(StoredValue.Of));

    public static AttributeValue Schedule(IEnumerable<int> schedule) => StoredValue.Of(schedule.Select(StoredValue.Of));

    public static AttributeValue Secrets(IEnumerable<EndpointSecret> secrets) => StoredValue.Of(secrets.Select(secret => StoredValue.Of(Write(secret))));

    private static Item Write(EndpointSecret secret)
    {
        var map = new Item
        {
            ["k"] = StoredValue.Of(secret.Sealed.KeyId),
            ["b"] = StoredValue.Of(secret.Sealed.Bytes),
            ["s"] = StoredValue.Of(secret.CreatedAt),
        };

        map.AddIf("u", secret.Until is { } until ? StoredValue.Of(until) : null);
        return map;
    }

    private static EndpointSecret ReadSecret(Item map) => new(
        new SealedSecret(map.RequiredText("k"), map.RequiredBytes("b")),
        map.RequiredTime("s"),
        map.Time("u"));
}
