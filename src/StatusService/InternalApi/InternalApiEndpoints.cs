using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Waybill.Notifications.StatusApi;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Health;
using Waybill.ServiceDefaults.Problems;
using Waybill.StatusService.Callbacks;
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
        api.MapPost(StatusRoutes.Upkeep, Upkeep);
        api.MapGet($"{StatusRoutes.Notifications}/{{id}}", Get);
    }

    private static async Task<IResult> Get(string id, NotificationStore store, CancellationToken cancellationToken) =>
        InternalResults.Of(await store.GetAsync(id, cancellationToken));

    /// <summary>Whoever asked may have gone: what was begun is done.</summary>
    private static async Task<Ok<UpkeepResponse>> Upkeep(Upkeep upkeep) => TypedResults.Ok(await upkeep.RunAsync(CancellationToken.None));

    /// <param name="after">The <c>next</c> of an earlier answer.</param>
    private static async Task<Results<Ok<DueResponse>, ProblemHttpResult>> Due(
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

internal static class InternalApiExtensions
{
    /// <summary>Listens on the internal port besides the public addresses.</summary>
    public static WebApplicationBuilder AddInternalApi(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<InternalApiOptions>()
            .BindConfiguration(InternalApiOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();

        builder.Services.AddSingleton<BatchedCalls>();
        builder.Services.AddSingleton<CallMemory>();

        return builder;
    }

    /// <summary>The internal API answers on its own port only, and nothing but it and the probes answers there.</summary>
    public static WebApplication UseInternalPort(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<InternalApiOptions>>().Value;

        if (app.Urls.Count == 0)
        {
            var configured = app.Configuration[WebHostDefaults.ServerUrlsKey] ?? "http://localhost:5102";

            foreach (var url in configured.Split(';', StringSplitOptions.RemoveEmptyEntries))
            {
                app.Urls.Add(url);
            }
        }

        app.Urls.Add($"http://{options.Host}:{options.Port}");

        app.Use((context, next) =>
        {
            var onInternalPort = context.Connection.LocalPort == options.Port;
            var isInternal = context.Request.Path.StartsWithSegments(StatusRoutes.Prefix);

            if (onInternalPort == isInternal || HealthExtensions.IsProbe(context.Request.Path))
            {
                return next(context);
            }

            return Problem.Create(StatusCodes.Status404NotFound, "not-found", "There is nothing here.").ExecuteAsync(context);
        });

        return app;
    }
}
