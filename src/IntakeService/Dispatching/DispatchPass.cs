using Microsoft.Extensions.Options;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;

namespace Waybill.IntakeService.Dispatching;

/// <summary>One look at every shard for notifications that are due.</summary>
public sealed partial class DispatchPass(StatusClient status, Redispatcher redispatcher, IOptions<DispatcherOptions> options, ILogger<DispatchPass> logger)
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

        try
        {
            foreach (var shard in Shards.All)
            {
                var found = await RunShardAsync(shard, stopping);

                if (found == PassOutcome.Failed)
                {
                    return found;
                }

                outcome = found > outcome ? found : outcome;
            }

            return outcome;
        }
        catch (StatusUnavailableException exception)
        {
            Log.StatusUnavailable(logger, exception.Message);
            return PassOutcome.Failed;
        }
    }

    private async Task<PassOutcome> RunShardAsync(string shard, CancellationToken stopping)
    {
        var due = await status.DueAsync(shard, _options.PageSize, stopping);
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
