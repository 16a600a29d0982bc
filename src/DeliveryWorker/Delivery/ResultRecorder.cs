using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Telemetry;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>
/// Records a result. The call cannot be taken back, so it keeps asking while the lease holds; asking again is safe,
/// as the lease token lets a result apply once.
/// </summary>
public sealed partial class ResultRecorder(StatusClient status, TimeProvider clock, ILogger<ResultRecorder> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    public async Task<Recording> RecordAsync(ClaimedDelivery claim, Decision decision)
    {
        var record = claim.Granted.Record;
        var request = new ResultRequest(
            claim.LeaseToken,
            record.Epoch,
            decision.Result,
            decision.RetryDelay?.TotalSeconds,
            record.Event is null ? null : record.Url,
            claim.Granted.Endpoint,
            record.Notify);

        for (var pause = FirstPause; ; pause = Longer(pause))
        {
            try
            {
                // No token: a stop waits for it, and the client has a timeout of its own.
                return Read(await status.ResultAsync(claim.Id, request, CancellationToken.None));
            }
            catch (RecordTroubleException exception) when (exception.ForGood)
            {
                // Asked again it would be the same until the lease ends.
                Log.Untakable(logger, exception.Reason);
                return Recording.Failed;
            }
            catch (Exception exception) when (exception is StatusUnavailableException or RecordTroubleException && claim.Lease.Remaining > pause)
            {
                Log.AskingAgain(logger, exception.Message, claim.Lease.Remaining.TotalSeconds);
                await Task.Delay(pause, clock);
            }
            catch (Exception exception) when (exception is StatusUnavailableException or RecordTroubleException)
            {
                Log.GivenUp(logger, exception);
                return Recording.Failed;
            }
        }
    }

    private Recording Read(TransitionOutcome outcome)
    {
        if (outcome.Applied)
        {
            return Recording.Recorded;
        }

        WaybillMetrics.LeaseLost();
        Log.Refused(logger, outcome.Record?.Status, outcome.Record?.Lease?.Owner);
        return Recording.Refused;
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The result was not taken, asking again: {Reason}; {LeaseSeconds} s of the lease are left")]
        public static partial void AskingAgain(ILogger logger, string reason, double leaseSeconds);

        [LoggerMessage(LogLevel.Error, "The result cannot be recorded: {Reason}")]
        public static partial void Untakable(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Error, "The result could not be recorded while the lease held")]
        public static partial void GivenUp(ILogger logger, Exception exception);

        [LoggerMessage(LogLevel.Warning, "The result was refused: the notification is {Status}, leased to {LeaseOwner}")]
        public static partial void Refused(ILogger logger, NotificationStatus? status, string? leaseOwner);
    }
}

/// <summary>What became of a result.</summary>
public enum Recording
{
    Recorded,

    /// <summary>The lease was taken over: someone else's result counts.</summary>
    Refused,

    /// <summary>No answer from the status service while the lease held, or its word that the record cannot be written.</summary>
    Failed,
}
