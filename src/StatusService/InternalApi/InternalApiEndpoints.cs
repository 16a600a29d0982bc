using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Waybill.Notifications.StatusApi;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Problems;
using Waybill.StatusService.InternalApi.Batching;
using Waybill.StatusService.Store;
using Waybill.StatusService.Transitions;

namespace Waybill.StatusService.InternalApi;

/// <summary>
/// The transitions, for the other services. 200 with the record when it applied, 409 with the record as it is when the
/// condition failed, 404 when there is none, 422 when the record cannot be read or written as it is, 503 with Retry-After when the table
/// cannot be reached. A call alone and a call in a batch are one: <see cref="BatchedCalls"/> does both.
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

        var large = new RequestSizeLimitAttribute(CallMemoryMiddleware.MaxBodyBytes);
        api.MapPost(StatusRoutes.Notifications, (HttpRequest request, [FromServices] BatchedCalls calls) => CallAsync("", null, request, calls)).WithMetadata(large);
        api.MapPost(StatusRoutes.Batch, BatchEndpoint.HandleAsync).WithMetadata(large);
        api.MapGet(StatusRoutes.Due, Due);

        var notifications = api.MapGroup(StatusRoutes.Notifications);
        notifications.MapGet("{id}", Get);
        notifications.MapPost($"{{id}}/{StatusRoutes.Claim}", ClaimAsync);

        foreach (var transition in BatchedCalls.Transitions.Where(transition => transition != StatusRoutes.Claim))
        {
            notifications.MapPost($"{{id}}/{transition}", (string id, HttpRequest request, [FromServices] BatchedCalls calls) => CallAsync(id, transition, request, calls));
        }
    }

    private static async Task<IResult> ClaimAsync(
        string id,
        HttpRequest request,
        [FromServices] BatchedCalls calls,
        [FromServices] CallMemory memory,
        CancellationToken cancellationToken)
    {
        // Until the answer is sent.
        request.HttpContext.Response.RegisterForDispose(await memory.ForClaimAsync(cancellationToken));
        return await CallAsync(id, StatusRoutes.Claim, request, calls);
    }

    private static async Task<IResult> CallAsync(string id, string? transition, HttpRequest request, BatchedCalls calls) =>
        await calls.ResultAsync(id, transition, await Contract.BytesAsync(request));

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
