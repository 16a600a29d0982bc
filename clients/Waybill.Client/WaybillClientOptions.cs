namespace Waybill.Client;

/// <summary>Where Waybill is, who asks, and how long one call is tried. From configuration it is the section <see cref="SectionName"/>.</summary>
public sealed class WaybillClientOptions
{
    public const string SectionName = "Waybill";

    /// <summary>Base address of IntakeService, absolute, http or https. Required.</summary>
    public Uri? IntakeUrl { get; set; }

    /// <summary>Base address of StatusService, absolute, http or https. Required.</summary>
    public Uri? StatusUrl { get; set; }

    /// <summary>Visible ASCII without spaces. Required.</summary>
    public string? ApiKey { get; set; }

    /// <summary>How often a call is made, at most, the first time included; 1–100, and 1 is never again. 5 unless given.</summary>
    public int MaxAttempts { get; set; } = 5;

    /// <summary>No call is made again later than this after the first; 0 to 1 hour. 30 seconds unless given.</summary>
    public TimeSpan MaxTotalWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one call may take until its answer is there, of an export until it begins; 0.1 seconds to 10 minutes. 20 seconds unless given.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(20);
}
