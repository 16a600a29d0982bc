using System.Globalization;
using Waybill.Notifications.Urls;

namespace Waybill.Notifications.Reading.Fields;

/// <summary>
/// <c>url</c>. It is stored in the form in which it is called. Only scheme, host and port are normalized; path and query go out byte for
/// byte, as a signature may cover them. <see cref="Uri"/> would unescape and shorten them, so it reads nothing here.
/// </summary>
public static class UrlField
{
    public const string Name = "url";

    /// <summary>Unicode code points, as JSON Schema counts; as many characters once it is in ASCII.</summary>
    public const int MaxLength = 2048;

    private const string Allowed = "an absolute http or https URL, such as https://example.com/hook";

    private static readonly Dictionary<string, int> Ports = new(StringComparer.OrdinalIgnoreCase) { ["http"] = 80, ["https"] = 443 };

    /// <returns>Null when it is left out or wrong.</returns>
    public static string? Read(FieldReader fields)
    {
        if (fields.Find(Name) is null)
        {
            fields.Errors.Add(Name, $"is required: {Allowed}.");
            return null;
        }

        if (fields.Text(Name, Allowed) is not { } text)
        {
            return null;
        }

        var url = Canonical(text, out var why);

        if (url is null)
        {
            fields.Errors.Add(Name, why!);
        }

        return url;
    }

    private static string? Canonical(string text, out string? why)
    {
        why = WhyNot(text);

        if (why is not null)
        {
            return null;
        }

        var (scheme, authority, pathAndQuery) = Split(text);
        var (host, port) = HostAndPort.Split(authority);

        if (!Ports.TryGetValue(scheme, out var defaultPort) || host.Length == 0)
        {
            why = $"must be {Allowed}.";
            return null;
        }

        if (HostAndPort.Port(port, defaultPort) is not { } number)
        {
            why = "must have a port from 1 to 65535.";
            return null;
        }

        if (HostName.Normalize(host, out var wrong) is not { } normalized)
        {
            why = $"must be {Allowed}; its host {wrong}.";
            return null;
        }

        var shownPort = number == defaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $":{number}");
        var url = $"{scheme.ToLowerInvariant()}://{normalized}{shownPort}{PathAndQuery.Encode(pathAndQuery)}";
        why = WhyNotCallable(url, normalized);

        return why is null ? url : null;
    }

    private static string? WhyNot(string text)
    {
        if (text.CodePoints() > MaxLength)
        {
            return $"must have at most {MaxLength} characters.";
        }

        if (text.Any(character => char.IsControl(character) || char.IsWhiteSpace(character) || character == '\\'))
        {
            return "must not hold white space, control characters or '\\'; percent-encode them.";
        }

        var (_, authority, pathAndQuery) = Split(text);

        if (authority.Contains('@', StringComparison.Ordinal))
        {
            return "must not hold a user name or password; put credentials into a header.";
        }

        if (text.Contains('#', StringComparison.Ordinal))
        {
            return "must not have a fragment ('#…'): it is never sent. Percent-encode a '#' that belongs to the path as %23.";
        }

        return PathAndQuery.HasBrokenEscape(pathAndQuery)
            ? "must have two hexadecimal digits after each '%' of its path and query. Percent-encode a '%' that stands for itself as %25."
            : null;
    }

    /// <summary>What the platform would not call, or would call elsewhere, must not be stored.</summary>
    private static string? WhyNotCallable(string url, string host)
    {
        if (url.Length > MaxLength)
        {
            return $"must have at most {MaxLength} characters, also once other than ASCII characters are percent-encoded.";
        }

        return Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Host == host && uri.HostNameType is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6
            ? null
            : $"must be {Allowed}; its host is none that can be called.";
    }

    /// <returns>An empty scheme where it is not followed by <c>://</c>.</returns>
    private static (string Scheme, string Authority, string PathAndQuery) Split(string text)
    {
        var colon = text.IndexOf("://", StringComparison.Ordinal);

        if (colon < 0)
        {
            return ("", "", "");
        }

        var rest = text[(colon + 3)..];
        var end = rest.AsSpan().IndexOfAny("/?#");

        return end < 0 ? (text[..colon], rest, "") : (text[..colon], rest[..end], rest[end..]);
    }
}
