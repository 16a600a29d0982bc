namespace Waybill.Client.EntityFrameworkCore.Rows;

/// <summary>Rows that are one relay's alone for the time of its lease.</summary>
/// <param name="MayBeMore">Whether looking again at once is worth it.</param>
internal sealed record TakenRows(Guid Lease, IReadOnlyList<OutboxRow> Rows, bool MayBeMore)
{
    public static TakenRows None { get; } = new(Guid.Empty, [], MayBeMore: false);
}
