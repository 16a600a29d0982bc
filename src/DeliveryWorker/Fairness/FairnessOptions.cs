using System.ComponentModel.DataAnnotations;

namespace Waybill.DeliveryWorker.Fairness;

/// <summary>How much of the worker one receiver may take.</summary>
public sealed class FairnessOptions : IValidatableObject
{
    public const string SectionName = "Fairness";

    /// <summary>Most calls at a time to one host and port from this process, while it does well; 1–1,000.</summary>
    [Range(1, 1000)]
    public int MaxPerHost { get; set; } = 32;

    /// <summary>Calls at a time to a host that is new; 1–1,000, but never more than an eighth of <c>Delivery:Concurrency</c>.</summary>
    [Range(1, 1000)]
    public int InitialPerHost { get; set; } = 8;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (InitialPerHost > MaxPerHost)
        {
            yield return new ValidationResult($"{SectionName}:InitialPerHost ({InitialPerHost}) must not be larger than MaxPerHost ({MaxPerHost}).");
        }
    }
}
