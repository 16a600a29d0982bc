using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Waybill.Notifications.Records;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Store.Partitions;

/// <summary>
/// The sort key of a notification that has failed for good: when that was, and marks of what failures are chosen and grouped by. Some
/// thirty keys are read for what one record costs, so failures of one host are found among thousands of others without reading those.
/// </summary>
/// <param name="FailedAt">Milliseconds since 1970, as <paramref name="CreatedAt"/>.</param>
/// <param name="Host">The mark of the URL's host, without its port.</param>
/// <param name="Authority">The mark of its host and port, as <see cref="UrlHost.Of"/> writes them.</param>
/// <param name="Category">The mark of the result's category.</param>
/// <param name="Error">The mark of the error's code.</param>
/// <param name="Endpoint">The mark of the endpoint's id; empty of what was posted to a URL.</param>
/// <param name="Tenant">The mark of the tenant; empty of what was posted to a URL.</param>
internal sealed record FailedKey(long FailedAt, long CreatedAt, string Host, string Authority, string Category, string Error, string Endpoint = "", string Tenant = "")
{
    public static FailedKey Of(Failure failure, DateTimeOffset failedAt) => new(
        failedAt.ToUnixTimeMilliseconds(),
        failure.CreatedAt.ToUnixTimeMilliseconds(),
        UrlMark(failure.Url),
        AuthorityMark(UrlHost.Of(failure.Url)),
        Mark(failure.Category.Text()),
        Mark(failure.Code ?? ""),
        failure.Event is { } happened ? Mark(happened.EndpointId) : "",
        failure.Event is { } told ? Mark(told.Tenant) : "");

    /// <summary>Different texts have different marks, but for one pair in millions: who needs to be sure reads the record.</summary>
    public static string Mark(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 6));

    /// <summary>The mark of a host that is looked for, with its port or without.</summary>
    public static string HostMark(string host) => UrlMark($"https://{host}");

    /// <param name="authority">A host with its port, unless that is the scheme's own.</param>
    public static string AuthorityMark(string authority) => Mark(authority.ToLowerInvariant());

    /// <summary>Not after any failure of a millisecond.</summary>
    public static string First(long milliseconds) => Digits(milliseconds);

    /// <summary>Not before any failure of a millisecond.</summary>
    public static string Last(long milliseconds) => Digits(milliseconds) + "~";

    /// <summary>In the order of failing.</summary>
    public string Text() => $"{Digits(FailedAt)} {Digits(CreatedAt)} {Host} {Authority} {Category} {Error}{(Endpoint.Length == 0 ? "" : $" {Endpoint} {Tenant}")}";

    /// <exception cref="FormatException">It is none.</exception>
    public static FailedKey Parse(string text) =>
        text.Split(' ') is [var failedAt, var createdAt, var host, var authority, var category, var error, .. var more]
            ? new FailedKey(Number(failedAt), Number(createdAt), host, authority, category, error, more.ElementAtOrDefault(0) ?? "", more.ElementAtOrDefault(1) ?? "")
            : throw new FormatException($"'{text}' is no key of a failure.");

    private static string UrlMark(string url) => Mark(UrlHost.WithoutPort(url));

    private static string Digits(long milliseconds) => Math.Max(0, milliseconds).ToString("D14", CultureInfo.InvariantCulture);

    private static long Number(string digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"'{digits}' is no time of a failure.");
}

/// <summary>What is known of a notification that fails for good.</summary>
/// <param name="Code">Of the error; null where it has none.</param>
/// <param name="Event">That it delivers; null of what was posted to a URL.</param>
internal sealed record Failure(string Owner, DateTimeOffset CreatedAt, string Url, DeliveryCategory Category, string? Code, EventReference? Event = null)
{
    public static Failure Of(NotificationRecord record, DeliveryResult result) =>
        new(record.Owner, record.CreatedAt, record.Url, result.Category, result.ErrorDetails?.Code, record.Event);
}
