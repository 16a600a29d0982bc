using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
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

    /// <summary>The key of an item, as an index has it.</summary>
    public static EndpointKey ReadKey(Item item)
    {
        var tenantKey = item.RequiredText(StoredNames.Id).AsSpan(TableDefinition.Endpoints.Length + 1);
        var colon = tenantKey.IndexOf(':');
        var length = int.Parse(tenantKey[..colon], CultureInfo.InvariantCulture);
        var named = tenantKey[(colon + 1)..];

        return new EndpointKey(named[..length].ToString(), named[(length + 1)..].ToString(), item.RequiredText(StoredNames.Kind));
    }

    /// <summary>One of an owner's tenants, among those of all.</summary>
    public static string TenantKey(string owner, string tenant) => $"{owner.Length}:{owner} {tenant}";

    public static Item New(CreateEndpointRequest request, EndpointSecret secret, DateTimeOffset now)
    {
        var item = Key(request.Key);
        item[StoredNames.Owner] = StoredValue.Of(request.Key.Owner);
        item[StoredNames.Tenant] = StoredValue.Of(request.Key.Tenant);
        item[StoredNames.Status] = StoredValue.Of((request.PausedUntil is null ? EndpointStatus.Active : EndpointStatus.Paused).Text());
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
        item.AddIf(StoredNames.EndpointItem.MaxPerSecond, request.MaxPerSecond is { } most ? StoredValue.Of(most) : null);

        if (request.PausedUntil is { } until)
        {
            item[StoredNames.EndpointItem.PausedUntil] = StoredValue.Of(until);
            item[StoredNames.EndpointItem.StatusSince] = StoredValue.Of(now);
            item[StoredNames.DueShard] = StoredValue.Of(Shards.Watch(request.Key.Owner));
            item[StoredNames.DueAt] = StoredValue.Of(until);
        }

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
        MaxPerSecond = item.Int(StoredNames.EndpointItem.MaxPerSecond),
        PausedUntil = item.Time(StoredNames.EndpointItem.PausedUntil),
        DisabledReason = item.Text(StoredNames.EndpointItem.DisabledReason),
        StatusSince = item.Time(StoredNames.EndpointItem.StatusSince),
        FailingSince = item.Time(StoredNames.EndpointItem.FailingSince),
        LastSuccessAt = item.Time(StoredNames.EndpointItem.LastSuccessAt),
        Trouble = item.Map(StoredNames.EndpointItem.Trouble) is { } trouble ? ReadTrouble(trouble) : null,
        WarnedAt = item.Time(StoredNames.EndpointItem.WarnedAt),
        Probe = item.Text(StoredNames.EndpointItem.Probe),
        Owed = [.. item.Maps(StoredNames.EndpointItem.Owed).Select(ReadOwed)],
        DueAt = item.Time(StoredNames.DueAt),
        WriteToken = item.Text(StoredNames.WriteToken),
        Secrets = [.. item.Maps(StoredNames.EndpointItem.Secrets).Select(ReadSecret)],
        CreatedAt = item.RequiredTime(StoredNames.EndpointItem.CreatedAt),
        LastUpdatedAt = item.RequiredTime(StoredNames.LastUpdatedAt),
        Fingerprint = item.RequiredText(StoredNames.Fingerprint),
    };

    public static AttributeValue Types(IEnumerable<string> types) => StoredValue.Of(types.Select(StoredValue.Of));

    public static AttributeValue Schedule(IEnumerable<int> schedule) => StoredValue.Of(schedule.Select(StoredValue.Of));

    public static AttributeValue Secrets(IEnumerable<EndpointSecret> secrets) => StoredValue.Of(secrets.Select(secret => StoredValue.Of(Write(secret))));

    public static AttributeValue Owed(IEnumerable<OwedNews> owed) => StoredValue.Of(owed.Select(one => StoredValue.Of(Write(one))));

    public static AttributeValue Trouble(EndpointTrouble trouble)
    {
        var map = new Item
        {
            ["i"] = StoredValue.Of(trouble.NotificationId),
            ["c"] = StoredValue.Of(trouble.Category.Text()),
            ["a"] = StoredValue.Of(trouble.At),
        };

        map.AddIf("s", trouble.StatusCode is { } status ? StoredValue.Of(status) : null);
        map.AddIf("e", trouble.Code is { } code ? StoredValue.Of(code) : null);
        return StoredValue.Of(map);
    }

    private static EndpointTrouble ReadTrouble(Item map) =>
        new(map.RequiredText("i"), map.RequiredWord<DeliveryCategory>("c"), map.RequiredTime("a"), map.Int("s"), map.Text("e"));

    private static Item Write(OwedNews owed)
    {
        var map = new Item { ["w"] = StoredValue.Of(owed.What), ["a"] = StoredValue.Of(owed.At) };
        map.AddIf("f", owed.FailingSince is { } since ? StoredValue.Of(since) : null);
        map.AddIf("r", owed.Reason is { } reason ? StoredValue.Of(reason) : null);
        return map;
    }

    private static OwedNews ReadOwed(Item map) => new(map.RequiredText("w"), map.RequiredTime("a"), map.Time("f"), map.Text("r"));

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
