using System.ComponentModel.DataAnnotations;

namespace Waybill.Hosting;

/// <summary>Where the status service's internal API is.</summary>
public sealed class StatusClientOptions
{
    public const string SectionName = "StatusService";

    /// <summary>Address of the internal API, such as http://localhost:5112.</summary>
    [Required]
    public Uri? InternalUrl { get; set; }

    /// <summary>The internal API's key.</summary>
    [Required]
    public string? InternalKey { get; set; }

    /// <summary>Longest wait for one answer, in seconds.</summary>
    [Range(1, 60)]
    public double TimeoutSeconds { get; set; } = 5;
}
