namespace Waybill.DeliveryWorker.Fairness;

/// <summary>The right to claim one notification and to deal with it. Disposed once that is over.</summary>
public sealed class HostTurn : IDisposable
{
    private readonly WorkerSlots _slots;
    private readonly HostLine? _line;
    private readonly bool _suspect;

    internal HostTurn(WorkerSlots slots, HostLine? line, bool suspect) => (_slots, _line, _suspect) = (slots, line, suspect);

    public void Dispose()
    {
        _slots.GiveBackClaim(_suspect);
        _line?.Leave();
    }
}
