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
                var due = await status.DueAsync(shard, _options.PageSize, stopping);

                if (due.Count > 0 && !await DispatchAsync(due, stopping))
                {
                    return PassOutcome.Failed;
                }

                var found = due.Count == 0 ? PassOutcome.NothingDue : due.Count < _options.PageSize ? PassOutcome.Worked : PassOutcome.MoreIsWaiting;
                outcome = found > outcome ? found : outcome;
            }

            return outcome;
        }
        catch (StatusUnavailableException exception)
        {
            Log.StatusUnavailable(logger, exception);
            return PassOutcome.Failed;
        }
    }

    /// <returns>False when the queue did not take one of them.</returns>
    private async Task<bool> DispatchAsync(IReadOnlyList<DueNotification> due, CancellationToken stopping)
    {
        foreach (var together in due.Chunk(_options.Concurrency))
        {
            stopping.ThrowIfCancellationRequested();
            var sent = await Task.WhenAll(together.Select(one => redispatcher.HandleAsync(one, stopping)));

            if (sent.Contains(false))
            {
                return false;
            }
        }

        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Due notifications wait: the status service gives no answer.")]
        public static partial void StatusUnavailable(ILogger logger, Exception exception);
    }
}
