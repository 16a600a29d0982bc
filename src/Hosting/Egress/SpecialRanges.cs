using System.Net;
using System.Net.Sockets;

namespace Waybill.Hosting.Egress;

/// <summary>
/// Addresses that are not public unicast, from IANA's special-purpose registries for IPv4 and IPv6, and what cloud
/// providers serve to their guests on public addresses. For IPv6 only 2000::/3 is in use on the internet, so all else is refused.
/// </summary>
internal static class SpecialRanges
{
    private static readonly Range[] V4 =
    [
        new("0.0.0.0/8", "this network"),
        new("10.0.0.0/8", "private"),
        new("100.64.0.0/10", "carrier-grade NAT"),
        new("127.0.0.0/8", "loopback"),
        new("168.63.129.16/32", "cloud metadata"),
        new("169.254.0.0/16", "link-local and cloud metadata"),
        new("172.16.0.0/12", "private"),
        new("192.0.0.0/24", "protocol assignments and cloud metadata"),
        new("192.0.2.0/24", "documentation"),
        new("192.31.196.0/24", "AS112"),
        new("192.52.193.0/24", "AMT relay"),
        new("192.88.99.0/24", "6to4 relay"),
        new("192.168.0.0/16", "private"),
        new("192.175.48.0/24", "AS112"),
        new("198.18.0.0/15", "benchmarking"),
        new("198.51.100.0/24", "documentation"),
        new("203.0.113.0/24", "documentation"),
        new("224.0.0.0/4", "multicast"),
        new("240.0.0.0/4", "reserved"),
    ];

    private static readonly Range[] V6 =
    [
        new("::/128", "unspecified"),
        new("::1/128", "loopback"),
        new("::/96", "IPv4-compatible"),
        new("64:ff9b::/96", "NAT64"),
        new("64:ff9b:1::/48", "NAT64"),
        new("100::/64", "discard"),
        new("2001::/32", "Teredo"),
        new("2001::/23", "protocol assignments"),
        new("2001:db8::/32", "documentation"),
        new("2002::/16", "6to4"),
        new("2620:4f:8000::/48", "AS112"),
        new("3fff::/20", "documentation"),
        new("fc00::/7", "unique local and cloud metadata"),
        new("fe80::/10", "link-local"),
        new("fec0::/10", "site-local"),
        new("ff00::/8", "multicast"),
    ];

    private static readonly IPNetwork V6GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <returns>What the address is for; null for a public unicast address.</returns>
    public static string? Of(IPAddress address)
    {
        // The platform matches these against IPv4 networks, so they are told apart first.
        if (address.IsIPv4MappedToIPv6)
        {
            return "IPv4-mapped";
        }

        var ranges = address.AddressFamily == AddressFamily.InterNetwork ? V4 : V6;
        var special = ranges.FirstOrDefault(range => range.Network.Contains(address));

        if (special is not null)
        {
            return special.Purpose;
        }

        return address.AddressFamily == AddressFamily.InterNetwork || V6GlobalUnicast.Contains(address) ? null : "not global unicast";
    }

    private sealed record Range(IPNetwork Network, string Purpose)
    {
        public Range(string cidr, string purpose)
            : this(IPNetwork.Parse(cidr), purpose)
        {
        }
    }
}
