using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waybill.Client.EntityFrameworkCore.Rows;
using Waybill.Client.EntityFrameworkCore.Telemetry;

namespace Waybill.Client.EntityFrameworkCore.Relay;

/// <summary>Sends what was taken, and writes down what became of each row.</summary>
internal sealed partial class OutboxBatches<TContext>(
    OutboxRows<TContext> rows,
    OutboxPoster poster,
    OutboxMetrics<TContext> metrics,
    IOptionsMonitor<WaybillOutboxOptions> settings,
    TimeProvider time,
    ILogger<OutboxBatches<TContext>> log)
    where TContext : DbContext
{
    /// <summary>A part of the lease: what follows the answer has the rest.</summary>
    private const double CallShare = 0.8;

    /// <summary>How long a call that is under way may still take when the process is asked to stop.</summary>
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    /// <returns>What failed as a whole, if anything did.</returns>
    public async Task<BatchAnswer.Failed?> SendAsync(TakenRows taken, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(Options.Lease * CallShare, time);
        await using var grace = stop.Register(() => deadline.CancelAfter(StopGrace));
        BatchAnswer.Failed? failed = null;

        foreach (var batch in taken.Rows.GroupBy(row => row.Kind))
        {
            failed = await SendAsync(batch.Key, [.. batch], taken.Lease, deadline.Token) ?? failed;
        }

        return failed;
    }

    private WaybillOutboxOptions Options => settings.Get(typeof(TContext).Name);

    private async Task<BatchAnswer.Failed?> SendAsync(OutboxKind kind, List<OutboxRow> batch, Guid lease, CancellationToken deadline)
    {
        using var activity = OutboxTracing.Start(kind, batch);
        var answer = await poster.PostAsync(kind, batch, deadline);

        // From here on nothing is cancelled: what Waybill has answered is to be written down.
        switch (answer)
        {
            case BatchAnswer.Judged judged:
                await WriteAsync(kind, batch, judged.Rows, lease, activity);
                return null;

            case BatchAnswer.Failed failed:
                activity.SetStatus(ActivityStatusCode.Error, failed.Reason);
                metrics.Failed(kind);
                await rows.ReleaseAsync([.. batch.Select(row => row.Id)], lease, CancellationToken.None);
                return failed;

            default:
                throw new UnreachableException();
        }
    }

    private async Task WriteAsync(OutboxKind kind, List<OutboxRow> batch, IReadOnlyList<RowOutcome> outcomes, Guid lease, Activity activity)
    {
        var judged = batch.Zip(outcomes).ToList();
        var accepted = judged.Where(one => one.Second is RowOutcome.Accepted).Select(one => one.First).ToList();

        if (accepted.Count > 0)
        {
            await rows.DeleteAsync([.. accepted.Select(row => row.Id)], CancellationToken.None);
            metrics.Accepted(kind, accepted);
        }

        foreach (var (row, outcome) in judged)
        {
            switch (outcome)
            {
                case RowOutcome.Accepted taken:
                    OutboxTracing.Accepted(row, taken.Id, activity);
                    break;

                case RowOutcome.Refused refused:
                    await rows.RefuseAsync(row.Id, lease, refused.Problem, CancellationToken.None);
                    metrics.Refused(kind, refused.Problem.Name);
                    Log.Refused(log, kind, row.Id, refused.Problem);
                    break;

                case RowOutcome.Postponed postponed:
                    var pause = Backoff.After(row.Attempts + 1, asked: null, Options.MaxPause, Random.Shared.NextDouble());
                    await rows.PostponeAsync(row.Id, lease, pause, postponed.Problem, CancellationToken.None);
                    Log.Postponed(log, kind, row.Id, postponed.Problem.Name, pause.TotalSeconds);
                    break;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "{Kind} {Row} of the outbox is refused for good, and stays there: {Problem}")]
        public static partial void Refused(ILogger logger, OutboxKind kind, Guid row, WaybillProblem problem);

        [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "{Kind} {Row} of the outbox is not taken: {Problem}. It is tried again in {Seconds:0.0} s")]
        public static partial void Postponed(ILogger logger, OutboxKind kind, Guid row, string problem, double seconds);
    }
}
