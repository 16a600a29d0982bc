using Waybill.DeliveryWorker.Pacing;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Telemetry;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>Takes notifications, and gives back what was not called.</summary>
public sealed partial class Claimer(StatusClient status, WorkerName worker, PaceClock paceClock, TimeProvider clock, ILogger<Claimer> logger)
{
    /// <summary>How often it asks when no answer comes. The first may have been granted: asked again, that lease is found by its token, and need not be waited out.</summary>
    private const int Asks = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <param name="target">As the message says; null where it says none.</param>
    /// <returns>Null when there is nothing to do: it is final, another worker has it, or it is not due.</returns>
    /// <exception cref="UnknownNotificationException">There is no such notification.</exception>
    /// <exception cref="RecordTroubleException">Its record cannot be read or written as it is. The message is left to the dead-letter queue; the Dispatcher counts it.</exception>
    /// <exception cref="StatusUnavailableException">Whether it was claimed is not known.</exception>
    public async Task<ClaimedDelivery?> ClaimAsync(string id, EventTarget? target, CancellationToken cancellationToken)
    {
        var asked = clock.GetTimestamp();
        var (claim, current) = await AskAsync(id, target, cancellationToken);

        if (claim is not null)
        {
            if (claim.Pace is { } pace)
            {
                paceClock.Note(pace.Now, asked);
            }

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

    private async Task<(ClaimResponse? Claim, NotificationRecord? Current)> AskAsync(string id, EventTarget? target, CancellationToken cancellationToken)
    {
        var request = new ClaimRequest(worker.Value, Lease.NewToken(), target);

        for (var ask = 1; ; ask++)
        {
            try
            {
                return await status.ClaimAsync(id, request, cancellationToken);
            }
            catch (StatusUnavailableException exception) when (ask < Asks)
            {
                Log.AskingAgain(logger, exception.Message);
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
    }

    /// <summary>Gives the lease back; the Dispatcher sends it again after <paramref name="dueIn"/>.</summary>
    public async Task ReleaseAsync(ClaimedDelivery claim, TimeSpan dueIn, string? reason = null)
    {
        var outcome = await status.ReleaseAsync(claim.Id, new ReleaseRequest(claim.LeaseToken, dueIn.TotalSeconds, reason), CancellationToken.None);
        Log.Released(logger, outcome.Applied, dueIn.TotalSeconds);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The claim was not answered, asking again: {Reason}")]
        public static partial void AskingAgain(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Debug, "Nothing to do: {Status}, final {Final}, lease until {LeaseUntil}, next attempt at {NextAttemptAt}")]
        public static partial void NothingToDo(
            ILogger logger, NotificationStatus status, bool final, DateTimeOffset? leaseUntil, DateTimeOffset? nextAttemptAt);

        [LoggerMessage(LogLevel.Debug, "Released without a call: applied {Applied}, due in {DueInSeconds} s")]
        public static partial void Released(ILogger logger, bool applied, double dueInSeconds);
    }
}
