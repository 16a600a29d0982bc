namespace Waybill.Bench.Scale.Dispatching;

/// <summary>What was counted while polling, from the warm-up's end on.</summary>
internal sealed class PollingFigures
{
    private const double UnitBytes = 4096;

    /// <summary>Of one entry of the index: its keys and the table's, with the names.</summary>
    private const double EntryBytes = 80;

    private readonly List<double> _late = [];

    public long Queries { get; private set; }

    public double ReadUnits { get; private set; }

    /// <summary>Records that another Dispatcher had already when they were read.</summary>
    public long InVain { get; private set; }

    /// <summary>Marks that were refused, as another Dispatcher was faster; each costs a write unit.</summary>
    public long Refused { get; private set; }

    public int Dispatched => _late.Count;

    public void Queried(int entries)
    {
        Queries++;
        ReadUnits += Math.Max(1, Math.Ceiling(entries * EntryBytes / UnitBytes)) / 2;
    }

    /// <summary>A record was read with strong consistency.</summary>
    public void Got(bool inVain)
    {
        ReadUnits++;
        InVain += inVain ? 1 : 0;
    }

    public void MarkRefused() => Refused++;

    /// <param name="late">Seconds from the due time until it was sent.</param>
    public void Sent(double late) => _late.Add(late);

    /// <returns>Seconds.</returns>
    public double Late(double share) =>
        _late.Count == 0 ? 0 : _late.Order().ElementAt((int)Math.Ceiling(share * _late.Count) - 1);
}
