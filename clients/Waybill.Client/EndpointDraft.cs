namespace Waybill.Client;

/// <summary>
/// Where a customer is to get events. What is null is left out, and intake's default holds. Intake says what is allowed: a draft that is not is
/// answered with a <see cref="WaybillProblemException"/> that names each field.
/// </summary>
public sealed record EndpointDraft
{
    /// <summary>Absolute http or https URL, at most 2,048 characters.</summary>
    public required string Url { get; init; }

    /// <summary>For people; at most 256 characters.</summary>
    public string? Description { get; init; }

    /// <summary>Which events it gets, 1–50: types such as <c>order.paid</c>, all below one such as <c>order.*</c>, or <c>*</c> for all.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>At most 32, sent with each call.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>1–30 seconds for one whole attempt; 15 by default.</summary>
    public int? TimeoutSeconds { get; init; }

    /// <summary>Seconds between attempts; empty for a single attempt.</summary>
    public IReadOnlyList<int>? RetrySchedule { get; init; }

    /// <summary>1–1,000 calls a second, at most, over all workers; as many as it takes by default.</summary>
    public int? MaxPerSecond { get; init; }

    /// <summary>Paused from the beginning, for 30 days unless it is resumed before.</summary>
    public bool? Paused { get; init; }
}
