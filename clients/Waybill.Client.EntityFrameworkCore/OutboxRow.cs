namespace Waybill.Client.EntityFrameworkCore;

/// <summary>
/// What is to be handed over to Waybill, committed with the data that it tells of. The relay deletes it once Waybill has taken it; what Waybill refuses
/// for good stays, with its <see cref="Problem"/>.
/// </summary>
public sealed class OutboxRow
{
    /// <summary>A UUID of version 7, and the row's idempotency key at Waybill: however often it is sent, it is taken once.</summary>
    public required Guid Id { get; init; }

    public required OutboxKind Kind { get; init; }

    /// <summary>The <see cref="BatchDraft"/> or <see cref="EventBatchDraft"/> as JSON, in ASCII.</summary>
    public required string Content { get; init; }

    /// <summary>Bytes of <see cref="Content"/>.</summary>
    public required int Size { get; init; }

    /// <summary>W3C's trace context of where the row was added; null where nothing was traced.</summary>
    public string? TraceParent { get; init; }

    public string? TraceState { get; init; }

    /// <summary>UTC, by the clock of the process that added it.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>UTC. From then on a relay may take it: at first when it was added, for a row in hand the end of its lease. Null for one that was refused.</summary>
    public required DateTime? DueAt { get; init; }

    /// <summary>Whoever has it in hand until <see cref="DueAt"/>; null while nobody has.</summary>
    public Guid? Lease { get; init; }

    /// <summary>How often Waybill has answered that it cannot take this one just now. Where nothing is taken at all, no row counts it.</summary>
    public int Attempts { get; init; }

    /// <summary>What Waybill answered last, as JSON (RFC 9457); null while it has not refused it.</summary>
    public string? Problem { get; init; }

    /// <summary>UTC. When Waybill refused it for good; null while it waits.</summary>
    public DateTime? RefusedAt { get; init; }
}
