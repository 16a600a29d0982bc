using System.Collections.Concurrent;
using Waybill.Notifications.StatusApi;

namespace Waybill.IntakeService.Dispatching;

/// <summary>
/// Works through what a pass has found, several at a time. The first sign that the queue or the status service is down ends it:
/// what is due stays due. Trouble about one notification ends nothing: it is set aside, and the run goes on.
/// </summary>
internal sealed class DispatchRun(Redispatcher redispatcher, SetAside setAside, IEnumerable<DueNotification> due)
{
    private readonly ConcurrentQueue<DueNotification> _waiting = new(due);
    private volatile string? _statusTrouble;
    private volatile bool _queueFailed;
    private volatile bool _anyDone;
    private volatile bool _anySetAside;

    public bool AnyDone => _anyDone;

    /// <summary>Some are passed over from now on, so that a look past them may find others.</summary>
    public bool AnySetAside => _anySetAside;

    /// <summary>Why the status service gave no answer, for people; null unless that ended the run.</summary>
    public string? StatusTrouble => _statusTrouble;

    public bool HasFailed => _queueFailed || _statusTrouble is not null;

    /// <summary>One after the other until one is done, which shows that the queue is back: so an outage costs few writes.</summary>
    public Task ProbeAsync(CancellationToken stopping) => LaneAsync(untilOneIsDone: true, stopping);

    public async Task WorkAsync(int concurrency, CancellationToken stopping)
    {
        var lanes = Math.Min(concurrency, _waiting.Count);
        await Task.WhenAll(Enumerable.Range(0, lanes).Select(_ => LaneAsync(untilOneIsDone: false, stopping)));
    }

    /// <summary>Stops between notifications when asked to, and never leaves one half done.</summary>
    private async Task LaneAsync(bool untilOneIsDone, CancellationToken stopping)
    {
        while (!HasFailed && !(untilOneIsDone && _anyDone) && _waiting.TryDequeue(out var next))
        {
            stopping.ThrowIfCancellationRequested();
            await StepAsync(next, stopping);
        }
    }

    private async Task StepAsync(DueNotification next, CancellationToken stopping)
    {
        try
        {
            var step = await redispatcher.HandleAsync(next, stopping);
            _anyDone |= step == DispatchStep.Done;
            _queueFailed |= step == DispatchStep.QueueFailed;
            setAside.Forget(next.Id);
        }
        catch (StatusUnavailableException exception)
        {
            _statusTrouble = exception.Message;
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            // Whatever it was, it came of this one.
            _anySetAside |= setAside.Add(next.Id, exception, next.DueAt);
        }
    }
}
