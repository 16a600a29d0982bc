namespace Waybill.Simulation.Table;

/// <summary>An item with the versions that eventually consistent readers may still see.</summary>
internal sealed class VersionedItem
{
    private readonly List<(TimeSpan VisibleAt, Item? Item)> _versions = [(TimeSpan.MinValue, null)];

    public Item? Latest => _versions[^1].Item;

    /// <param name="item">Null: it is removed.</param>
    public void Write(Item? item, TimeSpan visibleAt)
    {
        var notBefore = _versions[^1].VisibleAt;
        _versions.Add((visibleAt > notBefore ? visibleAt : notBefore, item));
    }

    public Item? VisibleAt(TimeSpan now)
    {
        var newest = _versions.FindLastIndex(version => version.VisibleAt <= now);
        _versions.RemoveRange(0, newest);
        return _versions[0].Item;
    }
}
