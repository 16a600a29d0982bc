using Waybill.Notifications.Records;

namespace Waybill.StatusService.Store.Items;

/// <summary>One history entry as a map with short names.</summary>
internal static class HistoryMap
{
    public static Item Write(HistoryEntry entry)
    {
        var map = new Item
        {
            ["n"] = StoredValue.Of(entry.Number),
            ["s"] = StoredValue.Of(entry.StartedAt),
            ["k"] = StoredValue.Of(entry.Category.Text()),
        };

        map.AddIf("e", entry.Epoch != 0 ? StoredValue.Of(entry.Epoch) : null);
        map.AddIf("r", entry.ResponseTime is { } responseTime ? StoredValue.Of(responseTime) : null);
        map.AddIf("c", entry.StatusCode is { } code ? StoredValue.Of(code) : null);
        map.AddIf("x", entry.ErrorCode is { } error ? StoredValue.Of(error) : null);
        map.AddIf("p", entry.Timings is { } timings ? StoredValue.Of(TimingsMap.Write(timings)) : null);
        map.AddIf("t", entry.TraceId is { } traceId ? StoredValue.Of(traceId) : null);
        map.AddIf("u", entry.Url is { } url ? StoredValue.Of(url) : null);
        return map;
    }

    public static HistoryEntry Read(Item map) => new()
    {
        Number = map.RequiredInt("n"),
        Epoch = map.Int("e") ?? 0,
        StartedAt = map.RequiredTime("s"),
        ResponseTime = map.Double("r"),
        StatusCode = map.Int("c"),
        Category = map.RequiredWord<DeliveryCategory>("k"),
        ErrorCode = map.Text("x"),
        Timings = map.Map("p") is { } timings ? TimingsMap.Read(timings) : null,
        TraceId = map.Text("t"),
        Url = map.Text("u"),
    };
}
