namespace Waybill.DeliveryWorker.Fairness;

/// <summary>
/// How many calls at a time a host gets. While all of them are used, the limit grows by a quarter for as many good answers as it is
/// large; a failure halves it. A new host starts small: two until it has answered, and no growth within its first second, so
/// that one with a low rate is not overrun before it can say so.
/// Not safe for several threads: <see cref="HostGate"/> guards it.
/// </summary>
internal sealed class HostConcurrency(HostLimits limits, TimeProvider clock)
{
    /// <summary>To a host that has never answered.</summary>
    private const int Introduction = 2;

    /// <summary>Good answers for one more call at a time, as a share of the limit.</summary>
    private const int Quarter = 4;

    private static readonly TimeSpan Start = TimeSpan.FromSeconds(1);

    private readonly long _created = clock.GetTimestamp();
    private int _limit = limits.Initial;
    private bool _answered;
    private int _goodSinceGrowth;
    private long _halvedAt;

    public int Limit => _answered ? _limit : Math.Min(_limit, Introduction);

    public void NoteAnswer() => _answered = true;

    /// <param name="inFlight">Calls in flight while it was, itself included.</param>
    public void NoteGood(int inFlight)
    {
        if (inFlight < _limit || clock.GetElapsedTime(_created) < Start)
        {
            return;
        }

        _goodSinceGrowth++;

        if (_goodSinceGrowth * Quarter >= _limit && _limit < limits.Max)
        {
            _limit++;
            _goodSinceGrowth = 0;
        }
    }

    /// <summary>Those in flight together halve it once.</summary>
    public void NoteFailure(HostCall call)
    {
        if (call.StartedAt >= _halvedAt)
        {
            _limit = Math.Max(1, _limit / 2);
            _goodSinceGrowth = 0;
            _halvedAt = clock.GetTimestamp();
        }
    }
}
