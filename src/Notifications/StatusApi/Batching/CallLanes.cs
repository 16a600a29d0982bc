using Waybill.Notifications.Coalescing;

namespace Waybill.Notifications.StatusApi.Batching;

/// <summary>
/// Lets calls that come while others are under way share a request. A lane is free again when the first of its answers is there, as the
/// service then works on the rest, and after <see cref="LongestHeld"/> if none comes: who takes long holds up nobody.
/// </summary>
internal sealed class CallLanes
{
    private const int AtATime = 2;

    /// <summary>Of one request. The service works on all of them at once.</summary>
    private const int MaxCalls = 64;

    private const int MaxBytes = 1024 * 1024;

    /// <summary>From that size on a call has a request of its own: it would gain little, and the others would wait until it is sent.</summary>
    private const int LargeBytes = 64 * 1024;

    private static readonly TimeSpan LongestHeld = TimeSpan.FromMilliseconds(200);

    private readonly BatchSender _sender;
    private readonly TimeProvider _time;
    private readonly Lanes<PendingCall> _lanes;

    public CallLanes(BatchSender sender, TimeProvider time)
    {
        _sender = sender;
        _time = time;
        _lanes = new Lanes<PendingCall>(AtATime, MaxCalls, MaxBytes, call => call.Size, SendAsync);
    }

    /// <summary>The call has its answer or its failure some time later.</summary>
    public void Add(PendingCall call)
    {
        if (call.Size >= LargeBytes)
        {
            _ = _sender.SendAsync([call]);
        }
        else
        {
            _lanes.Add(call);
        }
    }

    private async Task SendAsync(IReadOnlyList<PendingCall> calls)
    {
        var wanted = calls.Where(call => !call.CancellationToken.IsCancellationRequested).ToList();

        if (wanted.Count == 0)
        {
            return;
        }

        _ = _sender.SendAsync(wanted);

        Task first = Task.WhenAny(wanted.Select(call => call.Done));
        await first.WaitAsync(LongestHeld, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
