using Microsoft.Extensions.Options;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.Notifications.Telemetry;

namespace Waybill.IntakeService.Dispatching;

/// <summary>One look at every shard for notifications that are due.</summary>
public sealed partial class DispatchPass(
    StatusClient status,
    Redispatcher redispatcher,
    IOptions<DispatcherOptions> options,
    TimeProvider time,
    ILogger<DispatchPass> logger)
{
    private readonly DispatcherOptions _options = options.Value;

    /// <summary>
    /// Stops between notifications when asked to, and never leaves one half done. The first sign that the queue or the
    /// status service is down ends the pass: what is due stays due, and an outage costs few writes.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="stopping"/> was cancelled.</exception>
    public async Task<PassOutcome> RunOnceAsync(CancellationToken stopping)
    {
        var outcome = PassOutcome.NothingDue;
        var lag = TimeSpan.Zero;

        try
        {
            foreach (var shard in Shards.All)
            {
                var due = await status.DueAsync(shard, _options.PageSize, stopping);
                var shardLag = LagOf(due);
                lag = shardLag > lag ? shardLag : lag;

                var found = await RunShardAsync(due, stopping);
                outcome = found > outcome ? found : outcome;

                if (found == PassOutcome.Failed)
                {
                    break;
                }
            }

            WaybillMetrics.DispatcherLagIs(lag);
            return outcome;
        }
        catch (StatusUnavailableException exception)
        {
            Log.StatusUnavailable(logger, exception.Message);
            return PassOutcome.Failed;
        }
    }

    /// <summary>How late the first of them is, which is the one that is due for longest.</summary>
    private TimeSpan LagOf(IReadOnlyList<DueNotification> due) => due.Count == 0 ? TimeSpan.Zero : time.GetUtcNow() - due[0].DueAt;

    private async Task<PassOutcome> RunShardAsync(IReadOnlyList<DueNotification> due, CancellationToken stopping)
    {
        var anyDone = false;

        foreach (var together in due.Chunk(_options.Concurrency))
        {
            stopping.ThrowIfCancellationRequested();
            var steps = await Task.WhenAll(together.Select(one => redispatcher.HandleAsync(one, stopping)));

            if (steps.Contains(DispatchStep.QueueFailed))
            {
                return PassOutcome.Failed;
            }

            anyDone |= steps.Contains(DispatchStep.Done);
        }

        var isFullPage = due.Count == _options.PageSize;
        return !anyDone ? PassOutcome.NothingDue : isFullPage ? PassOutcome.MoreIsWaiting : PassOutcome.Worked;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Due notifications wait. {Reason}")]
        public static partial void StatusUnavailable(ILogger logger, string reason);
    }
}
