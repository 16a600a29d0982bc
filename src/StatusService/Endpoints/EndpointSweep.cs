using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Callbacks;
using Waybill.StatusService.Store;
using Waybill.StatusService.Store.Recent;
using Waybill.StatusService.Store.Table;
using Waybill.StatusService.Transitions;

namespace Waybill.StatusService.Endpoints;

/// <summary>
/// Ends what is open for an endpoint that was deleted, in the background. What it does not come to, as the process ends or the table is away, the next
/// claim of each ends; so does one that an attempt is under way for.
/// </summary>
internal sealed partial class EndpointSweep(
    RecordWalks walks,
    NotificationStore store,
    CallbackSubscriptions callbacks,
    TimeProvider time,
    IOptions<TableOptions> options,
    ILogger<EndpointSweep> logger) : BackgroundService
{
    /// <summary>Ended at a time, by one walk.</summary>
    private const int PageSize = 100;

    /// <summary>The oldest that can be open: scheduled a year ahead, and tried for a month.</summary>
    private static readonly TimeSpan OldestOpen = TimeSpan.FromDays(366 + 41);

    private readonly Channel<EndpointKey> _deleted = Channel.CreateUnbounded<EndpointKey>();

    public void Add(EndpointKey deleted) => _deleted.Writer.TryWrite(deleted);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var key in _deleted.Reader.ReadAllAsync(stoppingToken))
            {
                await SweepAsync(key, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next claim of each ends it.
        }
    }

    private async Task SweepAsync(EndpointKey key, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var filter = new RecordFilter { From = now - OldestOpen, To = now.AddMinutes(1), Owner = key.Owner, EndpointId = key.Id, Final = false };
        var ended = 0;

        try
        {
            for (WalkCursor? cursor = filter.Start(now); cursor is not null;)
            {
                var walk = await walks.WalkAsync(filter, cursor, PageSize, cancellationToken);

                foreach (var record in walk.Records)
                {
                    ended += await EndAsync(record, cancellationToken) ? 1 : 0;
                }

                cursor = walk.End;
            }

            Log.Ended(logger, ended, key.Id);
        }
        catch (Exception exception) when (exception is TableUnavailableException or RecordTroubleException)
        {
            Log.LeftOver(logger, key.Id, exception.Message);
        }
    }

    /// <returns>False for one that has moved on, or has an attempt under way.</returns>
    private async Task<bool> EndAsync(NotificationRecord record, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();

        if (!TransitionTable.Abandon.AppliesTo(record, now))
        {
            return false;
        }

        var isOwed = await callbacks.OweFailureAsync(record, cancellationToken);
        var change = EndWithoutAttempt.Abandon(record, now, options.Value, EndCodes.EndpointDeleted, ClaimTransition.EndpointIsGone, isOwed);
        return (await store.ApplyAsync(record.Id, change, cancellationToken)).Applied;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Ended {Notifications} notifications that were open for {EndpointId}, which was deleted.")]
        public static partial void Ended(ILogger logger, int notifications, string endpointId);

        [LoggerMessage(LogLevel.Warning, "What is open for {EndpointId}, which was deleted, ends when it is due. {Reason}")]
        public static partial void LeftOver(ILogger logger, string endpointId, string reason);
    }
}
