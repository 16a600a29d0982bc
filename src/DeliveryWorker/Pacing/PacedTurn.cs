using Waybill.DeliveryWorker.Fairness;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;

namespace Waybill.DeliveryWorker.Pacing;

/// <summary>One delivery's way past the rate of its endpoint, if that has one. Disposed once the delivery is over.</summary>
public sealed class PacedTurn : IDisposable
{
    private readonly EndpointPacers _pacers;
    private EndpointPacer? _pacer;
    private bool _isAhead;
    private DateTime? _until;

    /// <param name="pacer">In whose line it has waited; null for none.</param>
    /// <param name="isAhead">Whether its turn came there.</param>
    internal PacedTurn(EndpointPacers pacers, EndpointPacer? pacer, bool isAhead) => (_pacers, _pacer, _isAhead) = (pacers, pacer, isAhead);

    /// <summary>Waits until what is claimed may be called, as far as the rate goes: shortly, so a stop does not end it.</summary>
    /// <returns>Null when it may. Otherwise it is to be given back.</returns>
    public async Task<Admission.Refused?> WaitAsync(ClaimResponse claim)
    {
        if (_until is null)
        {
            Follow(_pacers.Learn(claim));
        }

        if (_pacer is not { } pacer)
        {
            return null;
        }

        if (!_isAhead && !pacer.TryJoin(overtaking: _until is not null))
        {
            return Refuse(pacer);
        }

        _isAhead = false;
        _until = await pacer.SlotAsync();

        return _until is null ? Refuse(pacer) : null;
    }

    /// <summary>Whether the call may still start.</summary>
    public bool IsInTime => _pacer is null || _until is not { } until || _pacer.IsInTime(until);

    public void Dispose()
    {
        if (_isAhead)
        {
            _pacer!.Leave();
        }

        _isAhead = false;
    }

    /// <summary>The claim knows better than the message whose rate counts, if any.</summary>
    private void Follow(EndpointPacer? pacer)
    {
        if (pacer != _pacer)
        {
            Dispose();
            _pacer = pacer;
        }
    }

    private static Admission.Refused Refuse(EndpointPacer pacer) => new(pacer.DueIn(), WaitingReasons.HostPaced);
}
