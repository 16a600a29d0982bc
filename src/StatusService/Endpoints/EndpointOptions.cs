using System.ComponentModel.DataAnnotations;

namespace Waybill.StatusService.Endpoints;

/// <summary>When an endpoint counts as one that does not come back by itself.</summary>
public sealed class EndpointOptions
{
    public const string SectionName = "Endpoints";

    /// <summary>For how long all attempts fail before the endpoint is disabled, in seconds; 10–2,592,000 (30 days). Default: five days. Its owner is told at half of it.</summary>
    [Range(10, 2_592_000)]
    public double DisableAfterSeconds { get; set; } = 432_000;

    /// <summary>Attempts that must have failed in that time, at least; 1–1,000.</summary>
    [Range(1, 1000)]
    public int DisableAfterAttempts { get; set; } = 10;

    /// <summary>From one probe of a disabled endpoint to the next, in seconds; 10–2,592,000. Default: a day.</summary>
    [Range(10, 2_592_000)]
    public double ProbeSeconds { get; set; } = 86_400;

    public TimeSpan DisableAfter => TimeSpan.FromSeconds(DisableAfterSeconds);

    public TimeSpan WarnAfter => DisableAfter / 2;

    public TimeSpan ProbeEvery => TimeSpan.FromSeconds(ProbeSeconds);
}
