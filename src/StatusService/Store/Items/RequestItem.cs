using System.Globalization;
using System.IO.Compression;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Store.Items;

/// <summary>The request item: immutable, written before the state item, removed by DynamoDB long after delivery can have ended.</summary>
internal static class RequestItem
{
    private static readonly BrotliCompressionOptions Compression = new() { Quality = 4 };

    public static Item Key(string id) => new()
    {
        [StoredNames.Id] = StoredValue.Of(id),
        [StoredNames.Kind] = StoredValue.Of(TableDefinition.RequestItem),
    };

    public static Item New(AcceptRequest accept, DateTimeOffset expiresAt)
    {
        var request = accept.Request;
        var item = Key(accept.Id);
        item[StoredNames.Request.Method] = StoredValue.Of(request.Method);
        item[StoredNames.Request.Url] = StoredValue.Of(request.Url);
        item[StoredNames.Request.TimeoutSeconds] = StoredValue.Of(accept.TimeoutSeconds);
        item[StoredNames.Request.Fingerprint] = StoredValue.Of(accept.Fingerprint);
        item[StoredNames.ExpiresAt] = StoredValue.OfSeconds(expiresAt);
        item.AddIf(StoredNames.Request.ContentType, request.ContentType is { } contentType ? StoredValue.Of(contentType) : null);

        item.AddIf(StoredNames.Request.Headers, Headers(request.Headers));
        AddBody(item, request.Body);
        return item;
    }

    /// <returns>A list of pairs, which keeps the client's order, as a DynamoDB map does not; null for none.</returns>
    public static AttributeValue? Headers(IReadOnlyDictionary<string, string> headers) => headers.Count == 0
        ? null
        : StoredValue.Of(headers.SelectMany(header => new[] { StoredValue.Of(header.Key), StoredValue.Of(header.Value) }));

    public static void AddBody(Item item, byte[]? body)
    {
        if (body is not null)
        {
            var compressed = Compress(body);
            var smaller = compressed.Length < body.Length;
            item[smaller ? StoredNames.Request.CompressedBody : StoredNames.Request.Body] = StoredValue.Of(smaller ? compressed : body);
        }
    }

    /// <summary>Null for none.</summary>
    public static byte[]? ReadBody(Item item) =>
        item.Bytes(StoredNames.Request.CompressedBody) is { } compressed ? Decompress(compressed) : item.Bytes(StoredNames.Request.Body);

    public static NotificationRequest Read(Item item) => new(
        item.RequiredText(StoredNames.Request.Method),
        item.RequiredText(StoredNames.Request.Url),
        ReadHeaders(item),
        item.Text(StoredNames.Request.ContentType),
        ReadBody(item));

    /// <summary>The default where it cannot be read: a claim that finds the request unreadable must count, so that rounds of it end.</summary>
    public static int TimeoutSeconds(Item item) =>
        int.TryParse(item.GetValueOrDefault(StoredNames.Request.TimeoutSeconds)?.N, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : DeliveryTiming.DefaultTimeoutSeconds;

    public static string? Fingerprint(Item item) => item.Text(StoredNames.Request.Fingerprint);

    public static OrderedDictionary<string, string> ReadHeaders(Item item)
    {
        var headers = new OrderedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);

        foreach (var pair in item.List(StoredNames.Request.Headers).Chunk(2))
        {
            headers[pair[0].S] = pair[1].S ?? throw new FormatException("A header without a value.");
        }

        return headers;
    }

    private static byte[] Compress(byte[] body)
    {
        using var target = new MemoryStream();

        using (var brotli = new BrotliStream(target, Compression, leaveOpen: true))
        {
            brotli.Write(body);
        }

        return target.ToArray();
    }

    private static byte[] Decompress(byte[] compressed)
    {
        using var brotli = new BrotliStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var target = new MemoryStream();
        brotli.CopyTo(target);
        return target.ToArray();
    }
}

/// <summary>How long a request item is kept: past the end of any delivery of it, and then as long as its record.</summary>
internal static class RequestLife
{
    /// <param name="start">When the delivery begins.</param>
    public static DateTimeOffset From(DateTimeOffset start, TableOptions options) => start + DeliveryBounds.LongestLife + Retention(options);

    /// <summary>Whether one more delivery that starts now, by its longest schedule, ends within it, with its record's retention.</summary>
    public static bool Covers(DateTimeOffset expiresAt, DateTimeOffset now, TableOptions options) =>
        expiresAt >= now + (DeliveryBounds.LongestLife / 2) + Retention(options);

    private static TimeSpan Retention(TableOptions options) => TimeSpan.FromDays(options.RetentionDays);
}
