using Microsoft.Extensions.Options;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.Notifications.Telemetry;

namespace Waybill.IntakeService.Dispatching;

/// <summary>
/// One look at every shard for notifications that are due, and their dispatch, the longest overdue first. It holds at most a
/// page of each shard in memory. What is known to be in trouble of its own is not on it: the page goes on behind that.
/// </summary>
public sealed partial class DispatchPass(
    StatusClient status,
    Redispatcher redispatcher,
    IOptions<DispatcherOptions> options,
    TimeProvider time,
    ILogger<DispatchPass> logger)
{
    /// <summary>Due entries that are read at once, at most, as the status service gives no more.</summary>
    private const int MostAtOnce = 1000;

    private readonly DispatcherOptions _options = options.Value;
    private readonly SetAside _setAside = new(time, logger);
    private readonly UpkeepRound _upkeep = new(status, time, logger);

    /// <exception cref="OperationCanceledException"><paramref name="stopping"/> was cancelled.</exception>
    public async Task<PassOutcome> RunOnceAsync(CancellationToken stopping)
    {
        _upkeep.Begin(stopping);
        var pages = await Task.WhenAll(Shards.All.Select(shard => ReadAsync(shard, stopping)));
        var dueInOrder = pages.SelectMany(page => page?.Due ?? []).OrderBy(due => due.DueAt).ToList();
        var run = new DispatchRun(redispatcher, _setAside, dueInOrder);

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

        return Outcome(run, pages, await _upkeep.EndAsync(stopping));
    }

    /// <returns>Null when the status service or the table gave no answer. The other shards do not wait for this one.</returns>
    private async Task<ShardPage?> ReadAsync(string shard, CancellationToken stopping)
    {
        try
        {
            return await PageAsync(shard, stopping);
        }
        catch (StatusUnavailableException exception)
        {
            Log.StatusUnavailable(logger, exception.Message);
            return null;
        }
    }

    private async Task<ShardPage> PageAsync(string shard, CancellationToken stopping)
    {
        var due = new List<DueNotification>();
        var limit = Math.Min(_options.PageSize + _setAside.Count, MostAtOnce);
        DueResponse answer;
        string? after = null;

        do
        {
            answer = await status.DueAsync(shard, limit, after, stopping);
            due.AddRange(answer.Items.Where(item => !_setAside.Holds(item.Id, item.DueAt)).Take(_options.PageSize - due.Count));
            after = answer.Next;
        }
        while (due.Count < _options.PageSize && after is not null);

        // A status service that has no pages gives no hint but a full answer.
        return new ShardPage(due, after is not null || answer.Items.Count == limit);
    }

    private static PassOutcome Outcome(DispatchRun run, ShardPage?[] pages, UpkeepResponse upkeep)
    {
        if (run.HasFailed || pages.Contains(null))
        {
            return PassOutcome.Failed;
        }

        var anyMoved = run.AnyDone || run.AnySetAside || upkeep.Done > 0;
        var mayBeMore = pages.Any(page => page!.MayBeMore) || upkeep.More;

        return anyMoved ? mayBeMore ? PassOutcome.MoreIsWaiting : PassOutcome.Worked

            // What has to wait for its second.
            : upkeep.More ? PassOutcome.Worked : PassOutcome.NothingDue;
    }

    /// <param name="MayBeMore">Behind what is on it.</param>
    private sealed record ShardPage(IReadOnlyList<DueNotification> Due, bool MayBeMore);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Due notifications wait. {Reason}")]
        public static partial void StatusUnavailable(ILogger logger, string reason);
    }
}
