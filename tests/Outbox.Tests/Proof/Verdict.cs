namespace Waybill.Outbox.Tests.Proof;

/// <summary>What was committed, held against what was taken.</summary>
internal sealed record Verdict
{
    public required int Kills { get; init; }

    public required int Committed { get; init; }

    public required int RolledBack { get; init; }

    /// <summary>Rows that were taken more than once, each excused by a crash.</summary>
    public required int Repeated { get; init; }

    /// <summary>A sentence for each promise that was broken.</summary>
    public required IReadOnlyList<string> Broken { get; init; }

    /// <param name="committed">Rows that were committed, by the orders that are there.</param>
    /// <param name="rolledBack">Rows that were to be rolled back.</param>
    /// <param name="taken">Each time that a row was taken, with the process that had sent it.</param>
    /// <param name="left">Rows that are still in the table.</param>
    public static Verdict Of(int kills, IReadOnlyCollection<Guid> committed, IReadOnlyCollection<Guid> rolledBack, IReadOnlyCollection<(Guid Row, string Process)> taken, int left)
    {
        var byRow = taken.ToLookup(one => one.Row, one => one.Process);
        var known = committed.ToHashSet();
        var repeated = byRow.Where(row => row.Count() > 1).ToList();

        return new Verdict
        {
            Kills = kills,
            Committed = known.Count,
            RolledBack = rolledBack.Count,
            Repeated = repeated.Count,
            Broken =
            [
                .. known.Where(row => !byRow.Contains(row)).Select(row => $"{row} was committed, and never taken."),
                .. byRow.Where(row => !known.Contains(row.Key)).Select(row => $"{row.Key} was taken, and never committed."),
                .. rolledBack.Where(known.Contains).Select(row => $"{row} was rolled back, and is there."),
                .. repeated.Where(row => row.Distinct().Count() < row.Count()).Select(row => $"{row.Key} was sent twice by one process, which no crash excuses."),
                .. left == 0 ? (string[])[] : [$"{left} rows are left."],
            ],
        };
    }

    public override string ToString() =>
        $"{Kills} kills: {Committed} rows committed, {RolledBack} rolled back, {Repeated} sent again after a crash with the same id. {(Broken.Count == 0 ? "Every promise held." : string.Join(Environment.NewLine, Broken))}";
}
