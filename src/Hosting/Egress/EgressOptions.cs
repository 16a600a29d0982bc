using System.ComponentModel.DataAnnotations;

namespace Waybill.Hosting.Egress;

/// <summary>Where deliveries may go.</summary>
public sealed class EgressOptions
{
    public const string SectionName = "Egress";

    /// <summary>
    /// Networks that are open although they are special, such as <c>10.20.0.0/16</c> for receivers of one's own.
    /// Default: none. IPv6 forms of an IPv4 address stay closed: 127.0.0.0/8 does not open ::ffff:127.0.0.1.
    /// </summary>
    public IReadOnlyList<string> AllowedCidrs { get; set; } = [];

    /// <summary>Ports that are never called, whatever the address. Default: <see cref="NonHttpPorts.Default"/>; a list given here takes its place.</summary>
    public IReadOnlyList<int>? DeniedPorts { get; set; }

    /// <summary>Whether http URLs are refused. Default: false.</summary>
    public bool RequireHttps { get; set; }

    /// <summary>How long a connection is used at most, in seconds, so that changes in DNS are seen; 1–3,600.</summary>
    [Range(1, 3600)]
    public int ConnectionSeconds { get; set; } = 120;
}
