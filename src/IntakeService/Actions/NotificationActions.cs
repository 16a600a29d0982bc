using System.Security.Claims;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Telemetry;
using Waybill.ServiceDefaults.Authentication;

namespace Waybill.IntakeService.Actions;

/// <summary>
/// Asks for a transition in a client's name. Whose the notification is gets read before anything is changed; as an owner
/// never changes, what happens in between does not matter, and the transition's own condition settles every race.
/// Nothing here is cancelled by a client that hangs up, so that nothing is left half done.
/// </summary>
public sealed partial class NotificationActions(StatusClient status, ILogger<NotificationActions> logger)
{
    public Task<ActionOutcome> CancelAsync(string id, ClaimsPrincipal caller) => ActAsync(id, caller, status.CancelAsync);

    /// <summary>Applied, it is PENDING and waits to be sent.</summary>
    public Task<ActionOutcome> RedeliverAsync(string id, ClaimsPrincipal caller) => ActAsync(id, caller, status.RedeliverAsync);

    private async Task<ActionOutcome> ActAsync(
        string id,
        ClaimsPrincipal caller,
        Func<string, CancellationToken, Task<TransitionOutcome>> transition)
    {
        var asked = false;

        try
        {
            if (!await MayActAsync(id, caller))
            {
                return new ActionOutcome.NotFound();
            }

            asked = true;
            return Of(await transition(id, CancellationToken.None));
        }
        catch (StatusUnavailableException exception)
        {
            var nothingWritten = !asked || exception.NothingWritten;
            Log.Unavailable(logger, id, nothingWritten, exception.Message);
            return new ActionOutcome.Unavailable(id, nothingWritten);
        }
        catch (RecordTroubleException trouble)
        {
            Log.Trouble(logger, trouble.Id, trouble.Reason);

            // Whose it is could not be read unless it was asked for: then only an operator may know that it is there.
            return asked || caller.VisibleOwner() is null ? new ActionOutcome.Troubled(id, trouble.Reason) : new ActionOutcome.NotFound();
        }
    }

    private async Task<bool> MayActAsync(string id, ClaimsPrincipal caller)
    {
        if (!NotificationId.IsValid(id) || await status.GetAsync(id, CancellationToken.None) is not { } record)
        {
            return false;
        }

        WaybillTelemetry.Identify(record.Id, record.CorrelationId);
        WaybillTelemetry.LinkToOrigin(record.Traceparent);
        return caller.MaySee(record.Owner);
    }

    private static ActionOutcome Of(TransitionOutcome outcome) => outcome switch
    {
        { Applied: true, Record: { } record } => new ActionOutcome.Applied(record),
        { Record: { RequestIsGone: true } record } => new ActionOutcome.RequestExpired(record),
        { Record: { } record } => new ActionOutcome.Refused(record),
        _ => new ActionOutcome.NotFound(),
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{NotificationId} cannot be cancelled or redelivered: its record cannot be read or written. {Reason}")]
        public static partial void Trouble(ILogger logger, string notificationId, string reason);

        [LoggerMessage(LogLevel.Error, "Could not cancel or redeliver {NotificationId} (nothing written: {NothingWritten}). {Reason}")]
        public static partial void Unavailable(ILogger logger, string notificationId, bool nothingWritten, string reason);
    }
}

public static class ActionExtensions
{
    /// <summary>Adds what the endpoints that cancel and redeliver need besides those of submissions.</summary>
    public static void AddActions(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<NotificationActions>();
}
