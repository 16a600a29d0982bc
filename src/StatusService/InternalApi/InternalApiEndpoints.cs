using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Waybill.Notifications.StatusApi;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Problems;
using Waybill.StatusService.InternalApi.Batching;
using Waybill.StatusService.Problems;
using Waybill.StatusService.Store;
using Waybill.StatusService.Transitions;

namespace Waybill.StatusService.InternalApi;

/// <summary>
/// For the other services: one endpoint for whatever changes a notification (<see cref="BatchEndpoint"/>), and plain reads: they
/// are few, one for a shard that is looked at and one for a client's cancel or redeliver, so there is nothing to gain by sharing a request.
/// </summary>
internal static class InternalApiEndpoints
{
    public static void MapInternalApi(this WebApplication app)
    {
        var api = app.MapGroup(StatusRoutes.Prefix)
            .RequireInternalKey()
            .ExcludeFromDescription()
            .AddEndpointFilter<TableUnavailableFilter>()
            .AddEndpointFilter<InternalTroubleFilter>()
            .WithMetadata(new RequestSizeLimitAttribute(CallMemoryMiddleware.UsualBytes));

        api.MapPost(StatusRoutes.Batch, BatchEndpoint.HandleAsync).WithMetadata(new RequestSizeLimitAttribute(CallMemoryMiddleware.MaxBodyBytes));
        api.MapGet(StatusRoutes.Due, Due);
        api.MapGet($"{StatusRoutes.Notifications}/{{id}}", Get);
    }

    private static async Task<IResult> Get(string id, NotificationStore store, CancellationToken cancellationToken) =>
        Answer.Of(await store.GetAsync(id, cancellationToken));

    /// <param name="after">The <c>next</c> of an earlier answer.</param>
    private static async Task<Results<Ok<DueAnswer>, ProblemHttpResult>> Due(
        string shard,
        [Range(1, 1000)] int limit,
        string? after,
        DispatcherTransitions transitions,
        CancellationToken cancellationToken)
    {
        DuePosition? position = null;

        return after is null || DuePosition.TryParse(after, out position)
            ? TypedResults.Ok(await transitions.DueAsync(shard, limit, position, cancellationToken))
            : Problem.Validation(new Dictionary<string, string[]> { ["after"] = ["must be the 'next' of an earlier answer."] });
    }
}
