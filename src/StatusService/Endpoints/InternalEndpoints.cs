using Waybill.Hosting.Sealing;
using Waybill.Notifications.Json;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Problems;
using Waybill.StatusService.Endpoints.Pacing;
using Waybill.StatusService.InternalApi;
using Waybill.StatusService.Problems;

namespace Waybill.StatusService.Endpoints;

/// <summary>
/// Changes to endpoints, for intake, on the internal port. As with notifications: 200 with the endpoint when it applied, 409 with the endpoint as it is when the
/// condition failed, 404 when there is none.
/// </summary>
internal static class InternalEndpoints
{
    public static void MapInternalEndpoints(this WebApplication app)
    {
        var api = app.MapGroup(EndpointRoutes.All)
            .RequireInternalKey()
            .ExcludeFromDescription()
            .AddEndpointFilter<TableUnavailableFilter>()
            .AddEndpointFilter<InternalTroubleFilter>();

        api.MapPost(EndpointRoutes.Get, async (HttpRequest request, EndpointStore endpoints, CancellationToken cancellationToken) =>
            Of(await endpoints.GetAsync(await Contract.ReadAsync(request, NotificationsJson.Default.EndpointKey), cancellationToken) is { IsDeleted: false } endpoint
                ? new EndpointOutcome(true, new EndpointAnswer(endpoint))
                : new EndpointOutcome(false, null)));

        api.MapPost(EndpointRoutes.Create, async (HttpRequest request, EndpointTransitions endpoints) =>
            Of(await endpoints.CreateAsync(await Contract.ReadAsync(request, NotificationsJson.Default.CreateEndpointRequest), CancellationToken.None)));

        api.MapPost(EndpointRoutes.Change, async (HttpRequest request, EndpointTransitions endpoints) =>
            Of(await endpoints.ChangeAsync(await Contract.ReadAsync(request, NotificationsJson.Default.ChangeEndpointRequest), CancellationToken.None)));

        api.MapPost(EndpointRoutes.RotateSecret, async (HttpRequest request, EndpointTransitions endpoints) =>
            Of(await endpoints.RotateSecretAsync(await Contract.ReadAsync(request, NotificationsJson.Default.RotateSecretRequest), CancellationToken.None)));

        MapState(EndpointRoutes.Pause, (states, request) => states.PauseAsync(request, CancellationToken.None));
        MapState(EndpointRoutes.Resume, (states, request) => states.ResumeAsync(request, CancellationToken.None));
        MapState(EndpointRoutes.Enable, (states, request) => states.EnableAsync(request, CancellationToken.None));
        MapState(EndpointRoutes.Disable, (states, request) => states.DisableAsync(request, CancellationToken.None));

        api.MapPost(EndpointRoutes.Delete, async (HttpRequest request, EndpointTransitions endpoints) =>
            Of(await endpoints.DeleteAsync(await Contract.ReadAsync(request, NotificationsJson.Default.DeleteEndpointRequest), CancellationToken.None)));

        void MapState(string route, Func<EndpointStates, EndpointStateRequest, Task<EndpointOutcome>> change) => api.MapPost(route, async (HttpRequest request, EndpointStates states) =>
            Of(await change(states, await Contract.ReadAsync(request, NotificationsJson.Default.EndpointStateRequest))));
    }

    private static IResult Of(EndpointOutcome outcome) => outcome switch
    {
        { Answer: null } => EndpointProblems.NotFound(),
        { Applied: true } => TypedResults.Ok(outcome.Answer),
        _ => TypedResults.Conflict(outcome.Answer),
    };
}

internal static class EndpointsExtensions
{
    public static WebApplicationBuilder AddEndpoints(this WebApplicationBuilder builder)
    {
        builder.AddSealing();
        builder.Services.AddSingleton<EndpointStore>();
        builder.Services.AddSingleton<EndpointSecrets>();
        builder.Services.AddOptions<EndpointOptions>()
            .BindConfiguration(EndpointOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();

        builder.Services.AddSingleton<EndpointTransitions>();
        builder.Services.AddSingleton<EndpointMoves>();
        builder.Services.AddSingleton<EndpointStates>();
        builder.Services.AddSingleton<EndpointHealth>();
        builder.Services.AddSingleton<EndpointWatch>();
        builder.Services.AddSingleton<EndpointSweep>();
        builder.Services.AddHostedService(services => services.GetRequiredService<EndpointSweep>());
        builder.Services.AddSingleton<EndpointActivity>();
        builder.Services.AddSingleton<WorkersSeen>();
        builder.Services.AddSingleton<CallTickets>();
        builder.Services.AddSingleton<UnwellEndpoints>();
        return builder;
    }
}
