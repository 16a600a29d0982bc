namespace Waybill.Client.EntityFrameworkCore.Rows;

/// <summary>Rows that wait, or are in hand.</summary>
/// <param name="Count">At most <see cref="OutboxRows{TContext}.MaxCounted"/>.</param>
/// <param name="OldestAge">Of those.</param>
internal sealed record Backlog(int Count, TimeSpan OldestAge)
{
    public static Backlog Empty { get; } = new(0, TimeSpan.Zero);
}
