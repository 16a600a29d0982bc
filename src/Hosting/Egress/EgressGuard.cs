using System.Collections.Frozen;
using System.Net;
using Microsoft.Extensions.Options;

namespace Waybill.Hosting.Egress;

/// <summary>Decides where a connection may go. Pure: it judges what it is given and asks nobody.</summary>
public sealed class EgressGuard(IOptions<EgressOptions> options)
{
    private readonly IPNetwork[] _allowed = [.. options.Value.AllowedCidrs.Select(cidr => IPNetwork.Parse(cidr))];
    private readonly FrozenSet<int> _deniedPorts = (options.Value.DeniedPorts ?? NonHttpPorts.Default).ToFrozenSet();
    private readonly bool _requireHttps = options.Value.RequireHttps;

    /// <summary>Judges what the URL alone tells; null when nothing speaks against it.</summary>
    public EgressRefusal? JudgeTarget(string scheme, int port)
    {
        if (_requireHttps && !string.Equals(scheme, Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase))
        {
            return new EgressRefusal.Plaintext();
        }

        return _deniedPorts.Contains(port) ? new EgressRefusal.Port(port) : null;
    }

    /// <summary>Judges one address, whether a literal, from DNS or of a connected socket; null when it may be used.</summary>
    public EgressRefusal? JudgeAddress(IPAddress address)
    {
        if (SpecialRanges.Of(address) is not { } purpose)
        {
            return null;
        }

        return IsException(address) ? null : new EgressRefusal.Address(address, purpose);
    }

    private bool IsException(IPAddress address) =>
        !address.IsIPv4MappedToIPv6 && _allowed.Any(network => network.Contains(address));
}

/// <summary>No connection was made, or it was closed before a byte was sent. The HTTP handler wraps it; the attempt turns it into an outcome.</summary>
public sealed class EgressBlockedException(EgressRefusal refusal) : Exception(refusal.Message)
{
    public EgressRefusal Refusal => refusal;
}

/// <summary>Why the guard lets a call not go out.</summary>
public abstract record EgressRefusal(string Message)
{
    /// <summary>The address is special, or every address of the name is.</summary>
    public sealed record Address(IPAddress Value, string Purpose) : EgressRefusal($"{Value} is not a public address ({Purpose}).");

    public sealed record Port(int Number) : EgressRefusal($"Port {Number} is not open for deliveries.");

    public sealed record Plaintext() : EgressRefusal("Only https URLs are delivered to.");
}
