using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Waybill.Notifications.Records;
using Waybill.Notifications.Telemetry;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Problems;
using Waybill.StatusService.InternalApi;
using Waybill.StatusService.Store;

namespace Waybill.StatusService.Queries;

/// <summary>The public query API.</summary>
internal static class NotificationEndpoints
{
    public static void MapNotifications(this WebApplication app)
    {
        var api = app.MapGroup("/v1/notifications")
            .RequireClientKey()
            .AddEndpointFilter<TableUnavailableFilter>()
            .WithTags("Notifications");

        api.MapGet("{id}", Get)
            .WithName("GetNotification")
            .WithSummary("Where a notification is, what was tried and what came back. Strongly consistent.")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Results<Ok<NotificationView>, ProblemHttpResult>> Get(
        string id,
        ClaimsPrincipal caller,
        NotificationStore store,
        CancellationToken cancellationToken)
    {
        // Whether an id exists is nobody's business but its owner's: the answer is the same.
        if (!NotificationId.IsValid(id)
            || await store.GetAsync(id, cancellationToken) is not { } record
            || !caller.MaySee(record.Owner))
        {
            return Problem.NotFound();
        }

        WaybillTelemetry.Identify(record.Id, record.CorrelationId);
        return TypedResults.Ok(NotificationView.Of(record));
    }
}
