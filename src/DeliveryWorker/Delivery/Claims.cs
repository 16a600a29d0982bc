using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Telemetry;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>Takes notifications, and gives back what was not called.</summary>
public sealed partial class Claims(StatusClient status, WorkerName worker, TimeProvider clock, ILogger<Claims> logger)
{
    /// <returns>Null when there is nothing to do: it is final, another worker has it, or it is not due.</returns>
    /// <exception cref="UnknownNotificationException">There is no such notification.</exception>
    /// <exception cref="StatusUnavailableException">Whether it was claimed is not known.</exception>
    public async Task<ClaimedDelivery?> TakeAsync(string id, CancellationToken cancellationToken)
    {
        var asked = clock.GetTimestamp();
        var (claim, current) = await status.ClaimAsync(id, new ClaimRequest(worker.Value), cancellationToken);

        if (claim is not null)
        {
            return new ClaimedDelivery(claim, new LeaseClock(clock, asked, DeliveryTiming.LeaseFor(claim.Record.TimeoutSeconds)));
        }

        if (current is null)
        {
            throw new UnknownNotificationException(id);
        }

        WaybillMetrics.MessageRepeated();
        Log.NothingToDo(logger, current.Status, current.IsFinal, current.Lease?.Until, current.NextAttemptAt);
        return null;
    }

    /// <summary>Gives the lease back; the Dispatcher sends it again after <paramref name="dueIn"/>.</summary>
    public async Task ReleaseAsync(ClaimedDelivery claim, TimeSpan dueIn)
    {
        var outcome = await status.ReleaseAsync(claim.Id, new ReleaseRequest(claim.LeaseToken, dueIn.TotalSeconds), CancellationToken.None);
        Log.Released(logger, outcome.Applied, dueIn.TotalSeconds);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "Nothing to do: {Status}, final {Final}, lease until {LeaseUntil}, next attempt at {NextAttemptAt}")]
        public static partial void NothingToDo(
            ILogger logger, NotificationStatus status, bool final, DateTimeOffset? leaseUntil, DateTimeOffset? nextAttemptAt);

        [LoggerMessage(LogLevel.Debug, "Released without a call: applied {Applied}, due in {DueInSeconds} s")]
        public static partial void Released(ILogger logger, bool applied, double dueInSeconds);
    }
}
