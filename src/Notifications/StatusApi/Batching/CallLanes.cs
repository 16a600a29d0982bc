using System.Diagnostics;
using Waybill.Notifications.Coalescing;

namespace Waybill.Notifications.StatusApi.Batching;

/// <summary>
/// Lets calls that come while others are under way share a request. A lane is free again when the first of its answers is there, as the
/// service then works on the rest, and after <see cref="Patience"/> if none comes: who takes long holds up nobody.
/// </summary>
internal sealed class CallLanes
{
    private const int AtATime = 2;

    /// <summary>Of one request. The service works on all of them at once.</summary>
    private const int MaxCalls = 64;

    private const int MaxBytes = 1024 * 1024;

    /// <summary>From that size on a call goes alone: it would gain little, and the request that it shares would be a copy of it.</summary>
    private const int LargeBytes = 64 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private readonly StatusCalls _calls;
    private readonly BatchSender _together;
    private readonly Lanes<PendingCall> _lanes;

    public CallLanes(StatusCalls calls)
    {
        _calls = calls;
        _together = new BatchSender(calls);
        _lanes = new Lanes<PendingCall>(AtATime, MaxCalls, MaxBytes, call => call.Body?.Length ?? 0, SendAsync);
    }

    /// <exception cref="StatusUnavailableException">No answer.</exception>
    public Task<StatusAnswer> Send(string path, ReadOnlyMemory<byte>? body, bool minimal, CancellationToken cancellationToken)
    {
        var call = new PendingCall(path, body, minimal, cancellationToken);

        if (body?.Length >= LargeBytes)
        {
            _ = SendAloneAsync(call);
        }
        else
        {
            _lanes.Add(call);
        }

        return call.Answer;
    }

    private async Task SendAsync(IReadOnlyList<PendingCall> calls)
    {
        var wanted = calls.Where(call => !call.CancellationToken.IsCancellationRequested).ToList();

        if (wanted.Count == 0)
        {
            return;
        }

        _ = wanted.Count == 1 ? SendAloneAsync(wanted[0]) : _together.SendAsync(wanted);

        Task first = Task.WhenAny(wanted.Select(call => call.Done));
        await first.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SendAloneAsync(PendingCall call)
    {
        // It may have waited for others, and be sent where one of them ended.
        Activity.Current = call.Span;

        try
        {
            call.Complete(await _calls.Send(HttpMethod.Post, call.Path, call.Body, call.CancellationToken));
        }
        catch (Exception exception)
        {
            call.Fail(exception);
        }
    }
}
