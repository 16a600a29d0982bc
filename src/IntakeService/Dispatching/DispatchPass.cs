using Microsoft.Extensions.Options;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.Notifications.Telemetry;

namespace Waybill.IntakeService.Dispatching;

/// <summary>
/// One look at every shard for notifications that are due, and their dispatch, the longest overdue first. It holds at most a
/// page of each shard in memory.
/// </summary>
public sealed partial class DispatchPass(
    StatusClient status,
    Redispatcher redispatcher,
    IOptions<DispatcherOptions> options,
    TimeProvider time,
    ILogger<DispatchPass> logger)
{
    private readonly DispatcherOptions _options = options.Value;

    /// <exception cref="OperationCanceledException"><paramref name="stopping"/> was cancelled.</exception>
    public async Task<PassOutcome> RunOnceAsync(CancellationToken stopping)
    {
        var pages = await Task.WhenAll(Shards.All.Select(shard => ReadAsync(shard, stopping)));
        var dueInOrder = pages.SelectMany(page => page ?? []).OrderBy(due => due.DueAt).ToList();
        var run = new DispatchRun(redispatcher, dueInOrder);

        WaybillMetrics.DispatcherLagIs(dueInOrder.Count == 0 ? TimeSpan.Zero : time.GetUtcNow() - dueInOrder[0].DueAt);

        if (redispatcher.QueueIsDown)
        {
            await run.ProbeAsync(stopping);
        }

        await run.WorkAsync(_options.Concurrency, stopping);

        if (run.StatusTrouble is { } trouble)
        {
            Log.StatusUnavailable(logger, trouble);
        }

        return Outcome(run, pages);
    }

    /// <returns>Null when the status service or the table gave no answer. The other shards do not wait for this one.</returns>
    private async Task<IReadOnlyList<DueNotification>?> ReadAsync(string shard, CancellationToken stopping)
    {
        try
        {
            return await status.DueAsync(shard, _options.PageSize, stopping);
        }
        catch (StatusUnavailableException exception)
        {
            Log.StatusUnavailable(logger, exception.Message);
            return null;
        }
    }

    private PassOutcome Outcome(DispatchRun run, IReadOnlyList<DueNotification>?[] pages)
    {
        if (run.HasFailed || pages.Contains(null))
        {
            return PassOutcome.Failed;
        }

        var mayBeMore = pages.Any(page => page!.Count == _options.PageSize);
        return !run.AnyDone ? PassOutcome.NothingDue : mayBeMore ? PassOutcome.MoreIsWaiting : PassOutcome.Worked;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Due notifications wait. {Reason}")]
        public static partial void StatusUnavailable(ILogger logger, string reason);
    }
}
