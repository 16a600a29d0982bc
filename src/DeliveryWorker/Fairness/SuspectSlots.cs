namespace Waybill.DeliveryWorker.Fairness;

/// <summary>
/// The share of the worker that all hosts that are new or silent may take together: half. However many hosts do not answer,
/// the other half is there for those that do.
/// </summary>
internal sealed class SuspectSlots(int concurrency)
{
    private readonly int _slots = Math.Max(1, concurrency / 2);
    private int _taken;

    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= _slots)
        {
            return true;
        }

        GiveBack();
        return false;
    }

    public void GiveBack() => Interlocked.Decrement(ref _taken);
}
