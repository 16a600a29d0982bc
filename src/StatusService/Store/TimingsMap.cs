using Waybill.Notifications.Records;

namespace Waybill.StatusService.Store;

/// <summary>An attempt's timings as a map with short names.</summary>
internal static class TimingsMap
{
    public static Item Write(DeliveryTimings timings)
    {
        var map = new Item();
        map.AddIf("d", timings.Dns is { } dns ? StoredValue.Of(dns) : null);
        map.AddIf("c", timings.Connect is { } connect ? StoredValue.Of(connect) : null);
        map.AddIf("t", timings.Tls is { } tls ? StoredValue.Of(tls) : null);
        map.AddIf("f", timings.Ttfb is { } firstByte ? StoredValue.Of(firstByte) : null);
        map.AddIf("b", timings.Body is { } body ? StoredValue.Of(body) : null);
        map.AddIf("u", timings.Reused ? StoredValue.Of(true) : null);
        return map;
    }

    public static DeliveryTimings Read(Item map) =>
        new(map.Double("d"), map.Double("c"), map.Double("t"), map.Double("f"), map.Double("b"), map.Bool("u") ?? false);
}
