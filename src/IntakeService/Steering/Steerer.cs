using System.Security.Claims;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Telemetry;
using Waybill.ServiceDefaults.Authentication;

namespace Waybill.IntakeService.Steering;

/// <summary>
/// Asks for a transition in a client's name. Whose the notification is gets read before anything is changed; as an owner
/// never changes, what happens in between does not matter, and the transition's own condition settles every race.
/// Nothing here is cancelled by a client that hangs up, so that nothing is left half done.
/// </summary>
public sealed partial class Steerer(StatusClient status, ILogger<Steerer> logger)
{
    public Task<SteeringOutcome> CancelAsync(string id, ClaimsPrincipal caller) => SteerAsync(id, caller, status.CancelAsync);

    /// <summary>Applied, it is PENDING and waits to be sent.</summary>
    public Task<SteeringOutcome> RedeliverAsync(string id, ClaimsPrincipal caller) => SteerAsync(id, caller, status.RedeliverAsync);

    private async Task<SteeringOutcome> SteerAsync(
        string id,
        ClaimsPrincipal caller,
        Func<string, CancellationToken, Task<TransitionOutcome>> transition)
    {
        var asked = false;

        try
        {
            if (!await MaySteerAsync(id, caller))
            {
                return new SteeringOutcome.NotFound();
            }

            asked = true;
            return Of(await transition(id, CancellationToken.None));
        }
        catch (StatusUnavailableException exception)
        {
            var nothingWritten = !asked || exception.NothingWritten;
            Log.Unavailable(logger, id, nothingWritten, exception.Message);
            return new SteeringOutcome.Unavailable(id, nothingWritten);
        }
        catch (RecordTroubleException trouble)
        {
            Log.Trouble(logger, trouble.Id, trouble.Reason);

            // Whose it is could not be read unless it was asked for: then only an operator may know that it is there.
            return asked || caller.VisibleOwner() is null ? new SteeringOutcome.Troubled(id, trouble.Reason) : new SteeringOutcome.NotFound();
        }
    }

    private async Task<bool> MaySteerAsync(string id, ClaimsPrincipal caller)
    {
        if (!NotificationId.IsValid(id) || await status.GetAsync(id, CancellationToken.None) is not { } record)
        {
            return false;
        }

        WaybillTelemetry.Identify(record.Id, record.CorrelationId);
        WaybillTelemetry.LinkToOrigin(record.Traceparent);
        return caller.MaySee(record.Owner);
    }

    private static SteeringOutcome Of(TransitionOutcome outcome) => outcome switch
    {
        { Applied: true, Record: { } record } => new SteeringOutcome.Applied(record),
        { Record: { RequestIsGone: true } record } => new SteeringOutcome.RequestExpired(record),
        { Record: { } record } => new SteeringOutcome.Refused(record),
        _ => new SteeringOutcome.NotFound(),
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{NotificationId} cannot be steered: its record cannot be read or written. {Reason}")]
        public static partial void Trouble(ILogger logger, string notificationId, string reason);

        [LoggerMessage(LogLevel.Error, "Could not steer {NotificationId} (nothing written: {NothingWritten}). {Reason}")]
        public static partial void Unavailable(ILogger logger, string notificationId, bool nothingWritten, string reason);
    }
}
