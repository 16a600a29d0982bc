using System.Security.Claims;
using Waybill.IntakeService.Submissions;
using Waybill.Notifications.Records;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Description;

namespace Waybill.IntakeService.Steering;

/// <summary>What owners, and operators for all, can do about a notification that is stored.</summary>
internal static class SteeringEndpoints
{
    public static void MapSteering(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/v1/notifications/{id}")
            .RequireClientKey()
            .LimitInFlight()
            .WithTags("Notifications")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
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
            .Produces<SubmissionAnswer>(StatusCodes.Status202Accepted)
            .WithResponseExample(StatusCodes.Status202Accepted, SubmissionDescription.Answer);
    }

    private static async Task<IResult> Cancel(string id, ClaimsPrincipal caller, Steerer steerer) =>
        await steerer.CancelAsync(id, caller) switch
        {
            SteeringOutcome.Applied applied => TypedResults.Ok(NotificationView.Of(applied.Record)),
            SteeringOutcome.Refused refused => SteeringResults.NotCancelled(refused.Record),
            var other => SteeringResults.Of(other),
        };

    private static async Task<IResult> Redeliver(string id, HttpContext context, Steerer steerer, Submitter submitter, SubmissionResults results) =>
        await steerer.RedeliverAsync(id, context.User) switch
        {
            SteeringOutcome.Applied applied => results.Of(await submitter.SendAsync(applied.Record), context.Response),
            SteeringOutcome.Refused refused => SteeringResults.NotRedelivered(refused.Record),
            var other => SteeringResults.Of(other),
        };
}
