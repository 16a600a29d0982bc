using System.Security.Claims;
using Waybill.IntakeService.Reading;
using Waybill.IntakeService.Submissions;
using Waybill.Notifications.Records;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Description;

namespace Waybill.IntakeService.Actions;

/// <summary>What owners, and operators for all, can do about a notification that is stored.</summary>
internal static class ActionEndpoints
{
    public static void MapActions(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/v1/notifications/{id}")
            .RequireClientKey()
            .LimitInFlight()
            .WithTags("Notifications")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        api.MapPost("cancel", Cancel)
            .WithName("CancelNotification")
            .WithSummary("Ends a notification without a further attempt.")
            .WithDescription("The answer is the record as it is then. 409 once it is final or while an attempt is under way; notificationStatus says what it is.")
            .Produces<NotificationView>()
            .WithResponseExample(StatusCodes.Status200OK, NotificationExample.View);

        api.MapPost("redeliver", Redeliver)
            .WithName("RedeliverNotification")
            .WithSummary("Delivers a final notification once more, with a fresh round of attempts.")
            .WithDescription("It goes out at once, also one that was scheduled. What was tried before stays in the history. 409 unless it is final; notificationStatus says what it is.")
            .Produces<SubmissionResponse>(StatusCodes.Status202Accepted)
            .WithResponseExample(StatusCodes.Status202Accepted, SubmissionDescription.Response);
    }

    private static async Task<IResult> Cancel(string id, ClaimsPrincipal caller, NotificationActions actions) =>
        await actions.CancelAsync(id, caller) switch
        {
            ActionOutcome.Applied applied => TypedResults.Ok(NotificationView.Of(applied.Record)),
            ActionOutcome.Refused refused => ActionResults.NotCancelled(refused.Record),
            var other => ActionResults.Of(other),
        };

    private static async Task<IResult> Redeliver(string id, HttpContext context, NotificationActions actions, Submitter submitter, SubmissionResults results) =>
        await actions.RedeliverAsync(id, context.User) switch
        {
            ActionOutcome.Applied applied => results.Of(await submitter.SendAsync(applied.Record), context.Response),
            ActionOutcome.Refused refused => ActionResults.NotRedelivered(refused.Record),
            var other => ActionResults.Of(other),
        };
}
