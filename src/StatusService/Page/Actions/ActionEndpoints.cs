using System.Security.Claims;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Telemetry;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Problems;
using Waybill.StatusService.Page.Sessions;
using Waybill.StatusService.Problems;
using Waybill.StatusService.Store;
using Waybill.StatusService.Transitions;

namespace Waybill.StatusService.Page.Actions;

/// <summary>
/// The page's buttons for one notification. They make the same transitions as intake's public API; a redelivery is due at
/// once, and the Dispatcher sends it. Nothing is cancelled by a browser that hangs up.
/// </summary>
internal static class ActionEndpoints
{
    public static void MapActions(this WebApplication app)
    {
        var notification = app.MapGroup("/page/notifications/{id}")
            .RequireSession()
            .AddEndpointFilter<TableUnavailableFilter>()
            .AddEndpointFilter<RecordTroubleFilter>()
            .ExcludeFromDescription();

        notification.MapPost("cancel", Cancel);
        notification.MapPost("redeliver", Redeliver);
    }

    private static Task<IResult> Cancel(string id, ClaimsPrincipal caller, NotificationStore store, ClientTransitions transitions) =>
        MoveAsync(id, caller, store, transitions.CancelAsync, "A notification that is final, or has an attempt under way, cannot be cancelled.");

    private static Task<IResult> Redeliver(string id, ClaimsPrincipal caller, NotificationStore store, ClientTransitions transitions) =>
        MoveAsync(id, caller, store, transitions.RedeliverByDispatcherAsync, "Only a notification that is final can be redelivered.");

    private static async Task<IResult> MoveAsync(
        string id,
        ClaimsPrincipal caller,
        NotificationStore store,
        Func<string, CancellationToken, Task<TransitionOutcome>> transition,
        string refusal)
    {
        if (!NotificationId.IsValid(id)
            || await store.GetAsync(id, CancellationToken.None) is not { } record
            || !caller.MaySee(record.Owner))
        {
            return Problem.NotFound();
        }

        WaybillTelemetry.Identify(record.Id, record.CorrelationId);

        return await transition(id, CancellationToken.None) switch
        {
            { Applied: true, Record: { } moved } => TypedResults.Ok(NotificationView.Of(moved)),
            { Record: { RequestIsGone: true } current } => RequestExpired(current),
            { Record: { } current } => Conflict(current, refusal),
            _ => Problem.NotFound(),
        };
    }

    private static IResult RequestExpired(NotificationRecord record) => Problem.Create(
        StatusCodes.Status409Conflict,
        "request-expired",
        "Its request is no longer stored: there is nothing left to send.",
        extensions: Identity(record));

    private static IResult Conflict(NotificationRecord record, string title) => Problem.Create(
        StatusCodes.Status409Conflict,
        "conflict",
        title,
        $"It is {record.Status.Text()} now.",
        Identity(record));

    private static Dictionary<string, object?> Identity(NotificationRecord record) =>
        new() { ["id"] = record.Id, ["notificationStatus"] = record.Status };
}
