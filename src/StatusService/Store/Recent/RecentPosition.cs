namespace Waybill.StatusService.Store.Recent;

/// <summary>
/// A place in the order of listing: by time and, within a millisecond, by <see cref="IndexEntry.Tie"/>, newest
/// first. What is before it has been seen; what comes later comes before it too, so it stays where it is.
/// </summary>
/// <param name="Milliseconds">Since 1970.</param>
/// <param name="Tie">Of the last entry of that millisecond that was seen; empty before the whole of it.</param>
internal sealed record RecentPosition(long Milliseconds, string Tie)
{
    /// <summary>Everything before that time is still to come.</summary>
    public static RecentPosition Before(long milliseconds) => new(milliseconds, "");

    public static RecentPosition After(IndexEntry entry) => new(entry.Milliseconds, entry.Tie);

    /// <summary>The newest millisecond of which something is still to come.</summary>
    public long Newest => Tie.Length == 0 ? Milliseconds - 1 : Milliseconds;

    /// <summary>Whether an entry is still to come.</summary>
    public bool IsBefore(IndexEntry entry) =>
        entry.Milliseconds < Milliseconds
        || (entry.Milliseconds == Milliseconds && string.CompareOrdinal(entry.Tie, Tie) < 0);
}
