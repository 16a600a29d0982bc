using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Waybill.Notifications.Records;
using Waybill.Notifications.Telemetry;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Description;
using Waybill.ServiceDefaults.Problems;
using Waybill.StatusService.Events;
using Waybill.StatusService.Problems;
using Waybill.StatusService.Store;

namespace Waybill.StatusService.Queries;

/// <summary>The public query API.</summary>
internal static class NotificationEndpoints
{
    public static void MapNotifications(this WebApplication app)
    {
        var api = app.MapGroup("/v1/notifications/{id}")
            .RequireClientKey()
            .AddEndpointFilter<TableUnavailableFilter>()
            .AddEndpointFilter<RecordTroubleFilter>()
            .WithTags("Notifications")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        api.MapGet("", Get)
            .WithName("GetNotification")
            .WithSummary("Where a notification is, what was tried and what came back. Strongly consistent.")
            .WithResponseExample(StatusCodes.Status200OK, NotificationExample.View);

        api.MapGet("attempts", GetAttempts)
            .WithName("GetAttempts")
            .WithSummary("What was tried, one entry for each attempt. Strongly consistent.")
            .WithResponseExample(StatusCodes.Status200OK, $$"""{ "items": [{{NotificationExample.Attempt}}] }""");

        api.MapGet("request", GetRequest)
            .AddEndpointFilter(app.Services.GetRequiredService<QueryPlaces>())
            .WithName("GetRequest")
            .WithSummary("The request that each attempt sends. Values of headers that look secret are shown as ***.")
            .WithResponseExample(StatusCodes.Status200OK, RequestView.Example);
    }

    private static async Task<Results<Ok<NotificationView>, ProblemHttpResult>> Get(
        string id,
        ClaimsPrincipal caller,
        NotificationStore store,
        CancellationToken cancellationToken) =>
        await FindAsync(id, caller, store, cancellationToken) is { } record
            ? TypedResults.Ok(NotificationView.Of(record))
            : Problem.NotFound();

    private static async Task<Results<Ok<AttemptsResponse>, ProblemHttpResult>> GetAttempts(
        string id,
        ClaimsPrincipal caller,
        NotificationStore store,
        CancellationToken cancellationToken) =>
        await FindAsync(id, caller, store, cancellationToken) is { } record
            ? TypedResults.Ok(new AttemptsResponse(record.History, record.HistoryOmitted > 0 ? record.HistoryOmitted : null))
            : Problem.NotFound();

    private static async Task<Results<Ok<RequestView>, ProblemHttpResult>> GetRequest(
        string id,
        ClaimsPrincipal caller,
        NotificationStore store,
        StoredRequests requests,
        CancellationToken cancellationToken) =>
        await FindAsync(id, caller, store, cancellationToken) is { } record
        && await requests.GetAsync(record, cancellationToken) is { } request
            ? TypedResults.Ok(RequestView.Of(request))
            : Problem.NotFound();

    /// <summary>Null for an unknown id and for another owner's alike: whether an id exists is nobody's business but its owner's.</summary>
    private static async Task<NotificationRecord?> FindAsync(string id, ClaimsPrincipal caller, NotificationStore store, CancellationToken cancellationToken)
    {
        if (!NotificationId.IsValid(id)
            || await store.GetAsync(id, cancellationToken) is not { } record
            || !caller.MaySee(record.Owner))
        {
            return null;
        }

        WaybillTelemetry.Identify(record.Id, record.CorrelationId);
        return record;
    }
}

/// <summary>What was tried for one notification.</summary>
/// <param name="Items">In the order in which they were recorded, over all epochs.</param>
/// <param name="Omitted">How many of a notification that was redelivered many times are left out: their numbers are missing. Absent when none is.</param>
internal sealed record AttemptsResponse(IReadOnlyList<HistoryEntry> Items, int? Omitted = null);
