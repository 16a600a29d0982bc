namespace Waybill.IntakeService.Events;

/// <summary>An event that a client posted, checked.</summary>
internal sealed record EventSubmission
{
    public required string Type { get; init; }

    /// <summary>The owner's own id for its customer.</summary>
    public required string Tenant { get; init; }

    /// <summary>Null when there is no body.</summary>
    public string? ContentType { get; init; }

    public byte[]? Body { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>As the client gave it, in whole milliseconds; a time that has passed means now. Null for now.</summary>
    public DateTimeOffset? DeliverAt { get; init; }
}
