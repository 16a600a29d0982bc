using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Waybill.Notifications.Urls;

/// <summary>
/// The one reader of hosts, wherever one is given: in a URL, in a filter. What it makes of a host is stored, called, compared and shown.
/// </summary>
public static class HostName
{
    /// <summary>Of a name, without the dot at its end (RFC 1035, section 2.3.4).</summary>
    public const int MaxLength = 253;

    private const int MaxLabelLength = 63;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");
    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>
    /// A name in lower case and ASCII (UTS 46), without a dot at its end; an IPv4 address as four decimal numbers, however it was
    /// spelled; an IPv6 address in brackets (RFC 5952).
    /// </summary>
    /// <param name="text">Without a port; an IPv6 address with its brackets.</param>
    /// <param name="why">What is wrong with it: completes "its host …".</param>
    /// <returns>Null when it is no host.</returns>
    public static string? Normalize(string text, out string? why)
    {
        if (text.StartsWith('['))
        {
            why = WhyNotIPv6(text);
            return why is null ? $"[{IPAddress.Parse(text.AsSpan(1, text.Length - 2))}]" : null;
        }

        if (text.Contains('%', StringComparison.Ordinal))
        {
            why = "is percent-encoded; give its characters as they are";
            return null;
        }

        var ascii = IsPlain(text, out why) ? text.ToLowerInvariant() : why is null ? DomainName.ToAscii(text, out why) : null;
        var host = ascii?.EndsWith('.') == true ? ascii[..^1] : ascii;
        why ??= WhyNotName(host!);

        if (why is null && IPv4Text.IsMeant(host!))
        {
            host = IPv4Text.Canonical(host!);
            why = host is null ? "ends in a number, and is no IPv4 address" : null;
        }

        return why is null ? host : null;
    }

    /// <summary>Nothing of it needs Unicode's rules.</summary>
    private static bool IsPlain(string text, out string? why)
    {
        why = text.Length > 0 ? null : "is missing";
        return Ascii.IsValid(text) && !text.Contains(DomainName.AsciiPrefix, StringComparison.OrdinalIgnoreCase);
    }

    private static string? WhyNotName(string host)
    {
        if (host.AsSpan().IndexOfAnyExcept(NameCharacters) is >= 0 and var at)
        {
            return $"has the character '{host[at]}', which no host name may have";
        }

        if (host.Length > MaxLength)
        {
            return $"has more than {MaxLength} characters in ASCII";
        }

        return host.Split('.').Any(label => label.Length is 0 or > MaxLabelLength)
            ? $"has a label that is empty or has more than {MaxLabelLength} characters in ASCII"
            : null;
    }

    private static string? WhyNotIPv6(string text)
    {
        if (text.Contains('%', StringComparison.Ordinal))
        {
            return "has a zone, which means something on one machine only";
        }

        var isAddress = text.EndsWith(']')
            && !text.AsSpan(1, text.Length - 2).ContainsAnyExcept(AddressCharacters)
            && IPAddress.TryParse(text.AsSpan(1, text.Length - 2), out var address)
            && address.AddressFamily == AddressFamily.InterNetworkV6;

        return isAddress ? null : "is no IPv6 address";
    }
}
