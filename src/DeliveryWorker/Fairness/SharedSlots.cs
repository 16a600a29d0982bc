namespace Waybill.DeliveryWorker.Fairness;

/// <summary>
/// Places of which suspects (hosts that are new, silent or slow) take at most half together: however many of them hang, the
/// other half is there for those that answer. Safe for several threads.
/// </summary>
internal sealed class SharedSlots(int size)
{
    private readonly Slots _all = new(size);
    private readonly Slots _suspects = new(Math.Max(1, size / 2));

    public bool TryTake(bool suspect)
    {
        if (suspect && !_suspects.TryTake())
        {
            return false;
        }

        if (_all.TryTake())
        {
            return true;
        }

        GiveBackSuspect(suspect);
        return false;
    }

    public void GiveBack(bool suspect)
    {
        _all.GiveBack();
        GiveBackSuspect(suspect);
    }

    private void GiveBackSuspect(bool suspect)
    {
        if (suspect)
        {
            _suspects.GiveBack();
        }
    }
}
