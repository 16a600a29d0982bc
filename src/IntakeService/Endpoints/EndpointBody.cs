using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Waybill.Hosting.Endpoints;
using Waybill.Notifications.Delivery;

namespace Waybill.IntakeService.Endpoints;

/// <summary>Where a customer gets events.</summary>
/// <remarks>The body's shape for the OpenAPI description; <see cref="EndpointReader"/> reads it.</remarks>
internal sealed record EndpointBody
{
    /// <summary>As JSON text.</summary>
    public const string Example = """
        {
          "url": "https://example.com/hooks/orders",
          "description": "Orders of Example Ltd",
          "types": ["order.*"]
        }
        """;

    /// <summary>Absolute http or https URL without user info and fragment, which is called for each event that matches.</summary>
    [MaxLength(UrlField.MaxLength)]
    public required string Url { get; init; }

    /// <summary>For people.</summary>
    [MaxLength(EndpointFields.MaxDescription)]
    public string? Description { get; init; }

    /// <summary>Which events it gets: types such as order.paid, all below one such as order.*, or * for all.</summary>
    [MinLength(1)]
    [MaxLength(EndpointFields.MaxTypes)]
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>Sent with each call; the rules are those of a notification's.</summary>
    public Dictionary<string, string>? Headers { get; init; }

    /// <summary>Longest time for one whole attempt.</summary>
    [Range(DeliveryTiming.MinTimeoutSeconds, DeliveryTiming.MaxTimeoutSeconds)]
    [DefaultValue(DeliveryTiming.DefaultTimeoutSeconds)]
    public int? TimeoutSeconds { get; init; }

    /// <summary>Seconds between attempts, each from 0 to 86,400; an empty array is one attempt. Default: ten attempts over about 31 hours.</summary>
    [MaxLength(Notifications.Delivery.RetrySchedule.MaxEntries)]
    public IReadOnlyList<int>? RetrySchedule { get; init; }

    /// <summary>Calls a second, at most, over all workers. Default: as many as it takes.</summary>
    [Range(1, EndpointFields.MostPerSecond)]
    public int? MaxPerSecond { get; init; }

    /// <summary>Paused from the beginning, for 30 days unless it is resumed before: its events are held until then.</summary>
    [DefaultValue(false)]
    public bool? Paused { get; init; }
}

/// <summary>What is to change about an endpoint (RFC 7396): what is left out stays as it is, what is null goes back to its default.</summary>
/// <remarks>The body's shape for the OpenAPI description; <see cref="EndpointReader"/> reads it.</remarks>
internal sealed record EndpointPatchBody
{
    /// <summary>As JSON text.</summary>
    public const string Example = """{ "url": "https://example.com/hooks/repaired" }""";

    /// <summary>Used from the next attempt on, also for what waits already.</summary>
    [MaxLength(UrlField.MaxLength)]
    public string? Url { get; init; }

    /// <summary>For people.</summary>
    [MaxLength(EndpointFields.MaxDescription)]
    public string? Description { get; init; }

    /// <summary>For events that come from now on.</summary>
    [MinLength(1)]
    [MaxLength(EndpointFields.MaxTypes)]
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>All of them: they take the place of those that there are.</summary>
    public Dictionary<string, string>? Headers { get; init; }

    /// <summary>Longest time for one whole attempt.</summary>
    [Range(DeliveryTiming.MinTimeoutSeconds, DeliveryTiming.MaxTimeoutSeconds)]
    public int? TimeoutSeconds { get; init; }

    /// <summary>Seconds between attempts.</summary>
    [MaxLength(Notifications.Delivery.RetrySchedule.MaxEntries)]
    public IReadOnlyList<int>? RetrySchedule { get; init; }

    /// <summary>Calls a second, at most, over all workers; null for as many as it takes.</summary>
    [Range(1, EndpointFields.MostPerSecond)]
    public int? MaxPerSecond { get; init; }
}
