using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Waybill.Notifications.StatusApi;
using Waybill.ServiceDefaults.Authentication;
using Waybill.StatusService.InternalApi.Batching;
using Waybill.StatusService.Transitions;

namespace Waybill.StatusService.InternalApi;

/// <summary>
/// The transitions, for the other services. 200 with the record when it applied, 409 with the record as it is when the
/// condition failed, 404 when there is none, 503 with Retry-After when the table cannot be reached.
/// </summary>
internal static class InternalApiEndpoints
{
    public static void MapInternalApi(this WebApplication app)
    {
        var api = app.MapGroup(StatusRoutes.Prefix)
            .RequireInternalKey()
            .ExcludeFromDescription()
            .AddEndpointFilter<TableUnavailableFilter>();

        var large = new RequestSizeLimitAttribute(CallMemoryMiddleware.MaxBodyBytes);
        api.MapPost(StatusRoutes.Notifications, Accept).WithMetadata(large);
        api.MapPost(StatusRoutes.Batch, BatchEndpoint.HandleAsync).WithMetadata(large);
        api.MapGet(StatusRoutes.Due, Due);

        var notifications = api.MapGroup(StatusRoutes.Notifications);
        notifications.MapGet("{id}", Get);
        notifications.MapPost($"{{id}}/{StatusRoutes.Queued}", Queued);
        notifications.MapPost($"{{id}}/{StatusRoutes.RollBack}", RollBack);
        notifications.MapPost($"{{id}}/{StatusRoutes.Redispatch}", Redispatch);
        notifications.MapPost($"{{id}}/{StatusRoutes.Abandon}", Abandon);
        notifications.MapPost($"{{id}}/{StatusRoutes.Claim}", ClaimAlone);
        notifications.MapPost($"{{id}}/{StatusRoutes.Release}", Release);
        notifications.MapPost($"{{id}}/{StatusRoutes.Result}", Result);
        notifications.MapPost($"{{id}}/{StatusRoutes.Cancel}", Cancel);
        notifications.MapPost($"{{id}}/{StatusRoutes.Redeliver}", Redeliver);
        notifications.MapPost($"{{id}}/{StatusRoutes.RedeliverByJob}", RedeliverByJob);
    }

    public static async Task<IResult> Accept(AcceptRequest request, IntakeTransitions transitions) =>
        Answer.Of(await transitions.AcceptAsync(request, CancellationToken.None));

    private static async Task<IResult> Get(string id, Store.NotificationStore store, CancellationToken cancellationToken) =>
        Answer.Of(await store.GetAsync(id, cancellationToken));

    public static async Task<IResult> Queued(string id, IntakeTransitions transitions) =>
        Answer.Of(await transitions.QueueAsync(id, CancellationToken.None));

    public static async Task<IResult> RollBack(string id, RollBackRequest request, IntakeTransitions transitions) =>
        Answer.Of(await transitions.RollBackAsync(id, request, CancellationToken.None));

    public static async Task<IResult> Redispatch(string id, RedispatchRequest request, DispatcherTransitions transitions) =>
        Answer.Of(await transitions.RedispatchAsync(id, request, CancellationToken.None));

    public static async Task<IResult> Abandon(string id, AbandonRequest request, DispatcherTransitions transitions) =>
        Answer.Of(await transitions.AbandonAsync(id, request, CancellationToken.None));

    private static async Task<IResult> ClaimAlone(string id, ClaimRequest request, ClaimTransition transition, CallMemory memory, HttpContext context)
    {
        // Until the answer is sent.
        context.Response.RegisterForDispose(await memory.ForClaimAsync(context.RequestAborted));
        return await Claim(id, request, transition);
    }

    public static async Task<IResult> Claim(string id, ClaimRequest request, ClaimTransition transition) =>
        Answer.Of(await transition.ClaimAsync(id, request, CancellationToken.None));

    public static async Task<IResult> Release(string id, ReleaseRequest request, WorkerTransitions transitions) =>
        Answer.Of(await transitions.ReleaseAsync(id, request, CancellationToken.None));

    public static async Task<IResult> Result(string id, ResultRequest request, WorkerTransitions transitions) =>
        ResultCheck.Errors(request) is { Count: > 0 } errors
            ? ServiceDefaults.Problems.Problem.Validation(errors)
            : Answer.Of(await transitions.ResultAsync(id, request, CancellationToken.None));

    public static async Task<IResult> Cancel(string id, ClientTransitions transitions) =>
        Answer.Of(await transitions.CancelAsync(id, CancellationToken.None));

    public static async Task<IResult> Redeliver(string id, ClientTransitions transitions) =>
        Answer.Of(await transitions.RedeliverAsync(id, CancellationToken.None));

    public static async Task<IResult> RedeliverByJob(string id, RedeliverByJobRequest request, ClientTransitions transitions) =>
        Answer.Of(await transitions.RedeliverByJobAsync(id, request, CancellationToken.None));

    private static async Task<IResult> Due(string shard, [Range(1, 1000)] int limit, DispatcherTransitions transitions, CancellationToken cancellationToken) =>
        TypedResults.Ok(new DueAnswer(await transitions.DueAsync(shard, limit, cancellationToken)));
}
