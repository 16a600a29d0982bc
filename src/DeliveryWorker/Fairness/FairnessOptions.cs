using System.ComponentModel.DataAnnotations;

namespace Waybill.DeliveryWorker.Fairness;

/// <summary>How much of the worker one receiver may take, and how one that fails is treated.</summary>
public sealed class FairnessOptions : IValidatableObject
{
    public const string SectionName = "Fairness";

    /// <summary>Most calls at a time to one host and port from this process, while it does well; 1–1,000.</summary>
    [Range(1, 1000)]
    public int MaxPerHost { get; set; } = 32;

    /// <summary>Calls at a time to a host that is new; 1–1,000, but never more than an eighth of <c>Delivery:Concurrency</c>.</summary>
    [Range(1, 1000)]
    public int InitialPerHost { get; set; } = 8;

    /// <summary>Failed calls in a row (timeout, network error, 408, 425, 429, 5xx) after which a host is only probed; 1–100.</summary>
    [Range(1, 100)]
    public int FailuresUntilProbing { get; set; } = 5;

    /// <summary>Pause before the first probe, in seconds; each probe that fails doubles it; 0.1–60.</summary>
    [Range(0.1, 60)]
    public double FirstProbeSeconds { get; set; } = 1;

    /// <summary>Longest pause between two probes, in seconds; 1–600.</summary>
    [Range(1, 600)]
    public double LongestProbeSeconds { get; set; } = 30;

    /// <summary>
    /// Minutes for which a host that fails may hold up a notification before each of its attempts; 1–1,440. So a notification
    /// comes to its end at most that much, times its attempts, later than its schedule says.
    /// </summary>
    [Range(1, 1440)]
    public int LongestHoldMinutes { get; set; } = 30;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (InitialPerHost > MaxPerHost)
        {
            yield return new ValidationResult($"{SectionName}:InitialPerHost ({InitialPerHost}) must not be larger than MaxPerHost ({MaxPerHost}).");
        }

        if (FirstProbeSeconds > LongestProbeSeconds)
        {
            yield return new ValidationResult(
                $"{SectionName}:FirstProbeSeconds ({FirstProbeSeconds}) must not be larger than LongestProbeSeconds ({LongestProbeSeconds}).");
        }
    }
}
