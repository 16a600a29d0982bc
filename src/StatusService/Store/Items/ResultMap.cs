using Waybill.Notifications.Records;

namespace Waybill.StatusService.Store.Items;

/// <summary>A delivery result as a map with short names. Texts from outside are cut before they are stored.</summary>
internal static class ResultMap
{
    private const int MaxStatusText = 100;

    public static Item Write(DeliveryResult result)
    {
        var map = new Item
        {
            ["cat"] = StoredValue.Of(result.Category.Text()),
            ["rt"] = StoredValue.Of(result.ResponseTime),
            ["ts"] = StoredValue.Of(result.Timestamp),
            ["n"] = StoredValue.Of(result.Attempt),
        };

        map.AddIf("re", result.RetryEligible ? StoredValue.Of(true) : null);
        map.AddIf("sc", result.StatusCode is { } code ? StoredValue.Of(code) : null);
        map.AddIf("st", result.StatusText is { } text ? StoredValue.Of(Cut.Characters(text, MaxStatusText)) : null);
        map.AddIf("tm", result.Timings is { } timings ? StoredValue.Of(TimingsMap.Write(timings)) : null);
        map.AddIf("er", result.ErrorDetails is { } error ? StoredValue.Of(Write(error)) : null);
        map.AddIf("rc", result.HttpResponseReceivedAt is { } received ? StoredValue.Of(received) : null);
        map.AddIf("ra", result.RetryAfter is { } retryAfter ? StoredValue.Of(retryAfter) : null);
        map.AddIf("tr", result.TraceId is { } traceId ? StoredValue.Of(traceId) : null);
        map.AddIf("sp", result.SpanId is { } spanId ? StoredValue.Of(spanId) : null);
        return map;
    }

    public static DeliveryResult Read(Item map, string? correlationId)
    {
        var category = map.RequiredWord<DeliveryCategory>("cat");

        return new DeliveryResult
        {
            Success = category == DeliveryCategory.Success,
            RetryEligible = map.Bool("re") ?? false,
            Category = category,
            StatusCode = map.Int("sc"),
            StatusText = map.Text("st"),
            ResponseTime = map.Double("rt") ?? 0,
            Timings = map.Map("tm") is { } timings ? TimingsMap.Read(timings) : null,
            ErrorDetails = map.Map("er") is { } error ? ReadError(error, category) : null,
            Timestamp = map.RequiredTime("ts"),
            HttpResponseReceivedAt = map.Time("rc"),
            RetryAfter = map.Double("ra"),
            Attempt = map.RequiredInt("n"),
            CorrelationId = correlationId,
            TraceId = map.Text("tr"),
            SpanId = map.Text("sp"),
        };
    }

    private static Item Write(ErrorDetails error)
    {
        var map = new Item
        {
            ["c"] = StoredValue.Of(error.Code),
            ["m"] = StoredValue.Of(Cut.Characters(error.Message, ErrorDetails.MaxMessageLength)),
        };

        map.AddIf("r", error.Response is { } response ? StoredValue.Of(Cut.Utf8(response, ErrorDetails.MaxResponseBytes)) : null);
        return map;
    }

    private static ErrorDetails ReadError(Item map, DeliveryCategory category) =>
        new(map.RequiredText("c"), map.RequiredText("m"), category, map.Text("r"));
}

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
