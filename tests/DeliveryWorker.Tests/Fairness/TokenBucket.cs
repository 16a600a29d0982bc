namespace Waybill.DeliveryWorker.Tests.Fairness;

/// <summary>A host with a full bucket of tokens, one for each call, that fills evenly.</summary>
internal sealed class TokenBucket(TimeProvider clock, double perSecond, double size)
{
    private readonly long _filled = clock.GetTimestamp();
    private double _used;

    public bool Takes()
    {
        var flowed = clock.GetElapsedTime(_filled).TotalSeconds * perSecond;
        _used = Math.Max(_used, flowed);

        if (_used + 1 > flowed + size)
        {
            return false;
        }

        _used++;
        return true;
    }
}
