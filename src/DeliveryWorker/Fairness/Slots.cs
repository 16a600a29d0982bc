namespace Waybill.DeliveryWorker.Fairness;

/// <summary>A number of places; safe for several threads.</summary>
internal sealed class Slots(int size)
{
    private int _taken;

    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= size)
        {
            return true;
        }

        GiveBack();
        return false;
    }

    public void GiveBack() => Interlocked.Decrement(ref _taken);
}
