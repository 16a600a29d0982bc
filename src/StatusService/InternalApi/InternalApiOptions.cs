using System.ComponentModel.DataAnnotations;

namespace Waybill.StatusService.InternalApi;

/// <summary>Where the internal API listens. Never routed from outside.</summary>
public sealed class InternalApiOptions
{
    public const string SectionName = "InternalApi";

    /// <summary>Address to bind: localhost, or * in a container that only the other services reach.</summary>
    [Required]
    public string Host { get; set; } = "localhost";

    /// <summary>1–65535.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 5112;

    /// <summary>MiB of calls' bodies in memory at the same time, and as much again of what claims fetch; others wait for their turn. 8–4,096.</summary>
    [Range(8, 4096)]
    public int MaxMegabytesInFlight { get; set; } = 16;
}
