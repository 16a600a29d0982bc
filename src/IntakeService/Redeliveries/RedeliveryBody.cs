using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Waybill.Notifications.StatusApi.Redeliveries;

namespace Waybill.IntakeService.Redeliveries;

/// <summary>The body as <c>/openapi/v1.json</c> describes it; <see cref="RedeliveryReader"/> reads it.</summary>
internal sealed record RedeliveryBody
{
    /// <summary>As JSON text.</summary>
    public const string Example = """{ "from": "2026-11-20T18:00:00.000Z", "to": "2026-11-20T20:00:00.000Z", "status": "FAILED", "host": "example.com" }""";

    [Required]
    [Description("Created at this time or later. RFC 3339; at most 366 days before 'to'.")]
    public required DateTimeOffset From { get; init; }

    [Required]
    [Description("Created before this time. RFC 3339; not in the future.")]
    public required DateTimeOffset To { get; init; }

    [Required]
    [Description("FAILED, the only one there is: what has failed for good. What waits for its next attempt is left alone.")]
    public required string Status { get; init; }

    [Description("With a URL of this host, with its port or without. Any spelling of the host: an international name in Unicode or Punycode, upper or lower case.")]
    [MinLength(1)]
    [MaxLength(RedeliveryRules.MaxHostLength)]
    public string? Host { get; init; }

    [CategoryOfFailure]
    [Description("With this category of result, such as SERVER_ERROR.")]
    public string? Category { get; init; }

    [Description("Redeliveries a second, at most.")]
    [Range(RedeliveryRules.MinRate, RedeliveryRules.MaxRate)]
    [DefaultValue(RedeliveryRules.DefaultRate)]
    public int? RatePerSecond { get; init; }
}

/// <summary>The body of a redelivery by endpoint or tenant; <see cref="RedeliveryReader"/> reads it.</summary>
internal sealed record RedeliveryWindowBody
{
    /// <summary>As JSON text.</summary>
    public const string Example = """{ "from": "2026-11-20T18:00:00.000Z", "to": "2026-11-20T20:00:00.000Z" }""";

    [Required]
    [Description("Created at this time or later. RFC 3339; at most 366 days before 'to'.")]
    public required DateTimeOffset From { get; init; }

    [Required]
    [Description("Created before this time. RFC 3339; not in the future.")]
    public required DateTimeOffset To { get; init; }

    [Description("Redeliveries a second, at most.")]
    [Range(RedeliveryRules.MinRate, RedeliveryRules.MaxRate)]
    [DefaultValue(RedeliveryRules.DefaultRate)]
    public int? RatePerSecond { get; init; }
}

/// <summary>What may be asked for is what this release knows.</summary>
internal sealed class CategoryOfFailureAttribute() : AllowedValuesAttribute([.. RedeliveryRules.Categories.Select(category => category.Text())]);
