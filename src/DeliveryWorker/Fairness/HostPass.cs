using System.Diagnostics;
using Waybill.DeliveryWorker.Delivery;

namespace Waybill.DeliveryWorker.Fairness;

/// <summary>The right to make one call to a host. Disposed once the call is over, whether or not it was made.</summary>
public sealed class HostPass : IDisposable
{
    private readonly HostGate _gate;
    private readonly HostCall _call;
    private HostReport _report = HostReport.Nothing;
    private bool _disposed;

    internal HostPass(HostGate gate, HostCall call) => (_gate, _call) = (gate, call);

    /// <summary>How the host was doing when the call was let through.</summary>
    public string HostClass => _call.Class;

    public void Report(AttemptOutcome outcome) => _report = HostReport.Of(outcome);

    public void Dispose()
    {
        Debug.Assert(!_disposed, "A pass is for one call.");
        _disposed = true;
        _gate.Leave(_call, _report);
    }
}
