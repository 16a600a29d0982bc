namespace Waybill.DeliveryWorker.Fairness;

/// <summary>
/// What all hosts share: as many calls at a time as <c>Delivery:Concurrency</c> says, and as many deliveries that wait for
/// their host's turn. Suspects (hosts that are new, silent or slow) take at most half of the calls together: however many of
/// them hang, the other half is there for those that answer.
/// </summary>
internal sealed class WorkerSlots(int concurrency)
{
    private readonly Slots _calls = new(concurrency);
    private readonly Slots _suspects = new(Math.Max(1, concurrency / 2));

    /// <summary>Deliveries in hand that wait for their turn, so that they take no call's place.</summary>
    public Slots Waiting { get; } = new(MostWaiting(concurrency));

    /// <summary>Of them, for one host: a long backlog of one host leaves room for the others.</summary>
    public int MostWaitingPerHost { get; } = Math.Max(1, MostWaiting(concurrency) * 3 / 4);

    public static int MostWaiting(int concurrency) => concurrency;

    public bool TryTakeCall(bool suspect)
    {
        if (suspect && !_suspects.TryTake())
        {
            return false;
        }

        if (_calls.TryTake())
        {
            return true;
        }

        GiveBackSuspect(suspect);
        return false;
    }

    public void GiveBackCall(bool suspect)
    {
        _calls.GiveBack();
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
