using System.Globalization;

namespace Waybill.Notifications.Urls;

/// <summary>A host that may have a port, as in a URL and in a filter.</summary>
public static class HostAndPort
{
    private const int MaxPort = 65_535;

    /// <summary>Given in a message: completes "must be …".</summary>
    public const string Allowed = "a host such as example.com or example.com:8443";

    /// <summary>Of a filter: as <see cref="HostName.Normalize"/> has it, and the port, where one is given. An IPv6 address may lack its brackets.</summary>
    /// <param name="why">What is wrong with it, as a sentence.</param>
    /// <returns>Null when it is no host.</returns>
    public static string? Normalize(string text, out string? why)
    {
        var isBareIPv6 = !text.StartsWith('[') && text.IndexOf(':', StringComparison.Ordinal) != text.LastIndexOf(':');
        var (host, port) = isBareIPv6 ? ($"[{text}]", null) : Split(text);
        var number = port is null ? null : Port(port, defaultPort: null);

        if (port is not null && number is null)
        {
            why = $"must be {Allowed}, with a port from 1 to 65535.";
            return null;
        }

        if (HostName.Normalize(host, out var wrong) is not { } normalized)
        {
            why = $"must be {Allowed}; it {wrong}.";
            return null;
        }

        why = null;
        return number is null ? normalized : string.Create(CultureInfo.InvariantCulture, $"{normalized}:{number}");
    }

    /// <returns>The port as it is given; null where there is no colon.</returns>
    public static (string Host, string? Port) Split(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > text.LastIndexOf(']') ? (text[..colon], text[(colon + 1)..]) : (text, null);
    }

    /// <returns>The default for one that is left out or empty (RFC 3986, section 6.2.3); null for one that is wrong.</returns>
    public static int? Port(string? text, int? defaultPort)
    {
        if (string.IsNullOrEmpty(text))
        {
            return defaultPort;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= MaxPort ? port : null;
    }
}
