using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Waybill.Notifications.Records;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Description;
using Waybill.ServiceDefaults.Problems;
using Waybill.StatusService.Problems;

namespace Waybill.StatusService.Queries.Listing;

/// <summary>The public list.</summary>
internal static class ListEndpoint
{
    public static void MapList(this WebApplication app) =>
        app.MapGet("/v1/notifications", List)
            .RequireClientKey()
            .AddEndpointFilter(app.Services.GetRequiredService<QueryPlaces>())
            .AddEndpointFilter<TableUnavailableFilter>()
            .WithTags("Notifications")
            .WithName("ListNotifications")
            .WithSummary("Notifications, newest first; a client's own, or for an operator everybody's.")
            .WithDescription("By time of creation; failures by the time of failing, and after them those that wait for their next attempt. A new notification appears after a moment. "
                + "A page may have fewer items than the limit, even none; there is more as long as there is a cursor.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithListParameters()
            .WithResponseExample(StatusCodes.Status200OK, $$"""{ "items": [{{NotificationExample.View}}], "cursor": "MTc2MzY2.MTc2MzY2LjQ" }""");

    private static async Task<Results<Ok<ListResponse>, ProblemHttpResult>> List(
        HttpRequest request,
        ClaimsPrincipal caller,
        NotificationList list,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var reader = new ListQueryReader(request.Query, ListParameters.Names, caller.VisibleOwner(), time.GetUtcNow());

        return reader.Read() is { } query
            ? TypedResults.Ok(await list.ReadAsync(query, caller, cancellationToken))
            : Problem.Validation(reader.Errors);
    }
}
