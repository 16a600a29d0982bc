using System.Diagnostics;
using Waybill.DeliveryWorker.Delivery;

namespace Waybill.DeliveryWorker.Fairness;

/// <summary>The right to make one call to a host. Disposed once the call is over, whether or not it was made.</summary>
public sealed class HostPass : IDisposable
{
    private readonly HostGate _gate;
    private readonly bool _suspect;
    private HostSignal _signal = HostSignal.None;
    private TimeSpan _duration;
    private TimeSpan? _wish;
    private bool _disposed;

    internal HostPass(HostGate gate, bool suspect) => (_gate, _suspect) = (gate, suspect);

    public void Report(AttemptOutcome outcome)
    {
        _signal = HostSignals.Of(outcome.Classification);
        _duration = TimeSpan.FromMilliseconds(outcome.Milliseconds);
        _wish = HostSignals.WishOf(outcome);
    }

    public void Dispose()
    {
        Debug.Assert(!_disposed, "A pass is for one call.");
        _disposed = true;
        _gate.Leave(_suspect, _signal, _duration, _wish);
    }
}
