using System.ComponentModel.DataAnnotations;

namespace Waybill.Receiving;

/// <summary>For all webhooks of the application; read from the section <see cref="SectionName"/> of its configuration by <c>AddWebhooks</c>.</summary>
public sealed class WebhookOptions
{
    public const string SectionName = "Webhooks";

    public const int DefaultToleranceSeconds = 300;
    public const int DefaultMaxBodyBytes = 256 * 1024;

    /// <summary>
    /// What <c>VerifyStandardWebhook()</c> checks signatures with: <c>whsec_</c> and the base 64 of 24–64 bytes each. Several while one takes another's place.
    /// A change of the configuration counts from the next call on.
    /// </summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>How far a call's timestamp may be off, in either direction, in seconds, the bounds included; 1–86,400, 300 by default.</summary>
    [Range(1, 86_400)]
    public int ToleranceSeconds { get; set; } = DefaultToleranceSeconds;

    /// <summary>The longest body that is read, in bytes; 1 to 100 MiB, 256 KiB by default, which is the longest that Waybill sends. It is held in memory.</summary>
    [Range(1, 100 * 1024 * 1024)]
    public int MaxBodyBytes { get; set; } = DefaultMaxBodyBytes;

    /// <summary>
    /// For how many hours an id is remembered once it was handled; 1–8,760, 48 by default, which is more than Waybill's own schedule of attempts takes.
    /// </summary>
    [Range(1, 8_760)]
    public int RememberHours { get; set; } = 48;

    /// <summary>How many ids are remembered at the most where they are kept in memory; beyond it the oldest go before their time. 1–10,000,000, 100,000 by default, of about 300 bytes each.</summary>
    [Range(1, 10_000_000)]
    public int MaxRemembered { get; set; } = 100_000;

    /// <summary>How long a repeat waits for the first call of its id that is under way, in seconds, before it is answered 503; 0–300, 10 by default.</summary>
    [Range(0, 300)]
    public int WaitForFirstSeconds { get; set; } = 10;

    internal TimeSpan Tolerance => TimeSpan.FromSeconds(ToleranceSeconds);

    /// <summary>For how long an id is remembered, at the least.</summary>
    public TimeSpan Remember => TimeSpan.FromHours(RememberHours);
}
