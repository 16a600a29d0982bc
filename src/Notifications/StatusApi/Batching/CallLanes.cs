using System.Diagnostics;

namespace Waybill.Notifications.StatusApi.Batching;

/// <summary>
/// A few requests at a time; what comes while they are under way waits for the first to end, and then goes in one request. So
/// a call meets no delay while there is little to do, and the more there is, the more share a request. A lane is free again when the
/// first of its answers is there, as the service then works on the rest, and after <see cref="Patience"/> if none comes: who takes long
/// holds up nobody.
/// </summary>
internal sealed class CallLanes(StatusCalls calls)
{
    private const int Lanes = 2;

    /// <summary>Of one request. The service works on all of them at once.</summary>
    private const int MaxCalls = 64;

    private const int MaxBytes = 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private readonly BatchSender _together = new(calls);
    private readonly Lock _gate = new();
    private readonly Queue<PendingCall> _waiting = new();
    private int _taken;

    /// <exception cref="StatusUnavailableException">No answer.</exception>
    public Task<StatusAnswer> Send(string path, ReadOnlyMemory<byte>? body, CancellationToken cancellationToken)
    {
        var call = new PendingCall(path, body, cancellationToken);

        lock (_gate)
        {
            _waiting.Enqueue(call);
        }

        SendWaiting();
        return call.Answer;
    }

    private void SendWaiting()
    {
        while (TakeLane() is { } batch)
        {
            _ = UseLaneAsync(batch);
        }
    }

    private async Task UseLaneAsync(IReadOnlyList<PendingCall> batch)
    {
        _ = batch.Count == 1 ? SendAloneAsync(batch[0]) : _together.SendAsync(batch);

        Task first = Task.WhenAny(batch.Select(call => call.Done));
        await first.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        lock (_gate)
        {
            _taken--;
        }

        SendWaiting();
    }

    /// <returns>Null when no lane is free or nobody waits.</returns>
    private List<PendingCall>? TakeLane()
    {
        lock (_gate)
        {
            if (_taken == Lanes)
            {
                return null;
            }

            var batch = new List<PendingCall>();
            var bytes = 0;

            while (batch.Count < MaxCalls && bytes < MaxBytes && _waiting.TryDequeue(out var call))
            {
                if (!call.CancellationToken.IsCancellationRequested)
                {
                    batch.Add(call);
                    bytes += call.Body?.Length ?? 0;
                }
            }

            _taken += batch.Count == 0 ? 0 : 1;
            return batch.Count == 0 ? null : batch;
        }
    }

    private async Task SendAloneAsync(PendingCall call)
    {
        // It may have waited for others, and be sent where one of them ended.
        Activity.Current = call.Span;

        try
        {
            call.Complete(await calls.Send(HttpMethod.Post, call.Path, call.Body, call.CancellationToken));
        }
        catch (Exception exception)
        {
            call.Fail(exception);
        }
    }
}
