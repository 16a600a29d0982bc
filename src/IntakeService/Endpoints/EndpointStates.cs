using Waybill.Hosting.Endpoints;
using Waybill.IntakeService.Reading;
using Waybill.IntakeService.Submissions;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.ServiceDefaults.Description;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.IntakeService.Endpoints;

/// <summary>An endpoint is paused and resumed, disabled and enabled: each a request of its own, as a merge patch could not say what becomes of what is held or was refused.</summary>
internal static class EndpointStates
{
    public static void MapStates(this IEndpointRouteBuilder api, int maxBodyBytes)
    {
        api.MapPost("{id}/pause", Pause)
            .WithMetadata(new RequestSizeLimit(maxBodyBytes))
            .WithName("PauseEndpoint")
            .WithSummary("Holds what comes for an endpoint until a time, or until it is resumed.")
            .WithDescription("Nothing is dropped, and no attempt is used up. One that is paused already is paused until the new time. 409 for one that is disabled.")
            .Accepts<PauseBody>(JsonBody.MediaType)
            .WithRequestExample(PauseBody.Example)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .AnswersWithState(EndpointExample.Paused);

        api.MapPost("{id}/resume", Resume)
            .WithName("ResumeEndpoint")
            .WithSummary("Ends a pause. What was held is made due, at a pace.")
            .WithDescription("409 for one that is not paused; endpointStatus says what it is.")
            .AnswersWithState(EndpointExample.View);

        api.MapPost("{id}/disable", Disable)
            .WithName("DisableEndpoint")
            .WithSummary("Stops an endpoint: what comes for it is on record as FAILED, and nothing is sent.")
            .WithDescription("It stays disabled until it is enabled: with the reason BY_OWNER Waybill does not try it. What failed meanwhile can be redelivered.")
            .AnswersWithState(EndpointExample.Disabled);

        api.MapPost("{id}/enable", Enable)
            .WithName("EnableEndpoint")
            .WithSummary("Ends that an endpoint is disabled, whatever the reason is. It gets what comes from now on.")
            .WithDescription("What failed while it was disabled is delivered when it is asked for: …/redeliver. 409 for one that is not disabled; endpointStatus says what it is.")
            .AnswersWithState(EndpointExample.View);
    }

    private static RouteHandlerBuilder AnswersWithState(this RouteHandlerBuilder endpoint, string example) => endpoint
        .WithIfMatch()
        .Produces<EndpointView>()
        .WithResponseExample(StatusCodes.Status200OK, example)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed);

    private static Task<IResult> Pause(string tenant, string id, HttpContext context, BodyMemory memory, EndpointClient endpoints, EndpointOutcomes outcomes, TimeProvider time) =>
        JsonBody.AnswerAsync(context, memory, [], body =>
        {
            var errors = new FieldErrors();
            var until = EndpointPause.Read(body.Json, time.GetUtcNow(), errors);

            return AnswerAsync("pause", tenant, id, context, errors, until, outcomes, endpoints.PauseAsync);
        });

    private static Task<IResult> Resume(string tenant, string id, HttpContext context, EndpointClient endpoints, EndpointOutcomes outcomes) =>
        AnswerAsync("resume", tenant, id, context, new FieldErrors(), until: null, outcomes, endpoints.ResumeAsync);

    private static Task<IResult> Disable(string tenant, string id, HttpContext context, EndpointClient endpoints, EndpointOutcomes outcomes) =>
        AnswerAsync("disable", tenant, id, context, new FieldErrors(), until: null, outcomes, endpoints.DisableAsync);

    private static Task<IResult> Enable(string tenant, string id, HttpContext context, EndpointClient endpoints, EndpointOutcomes outcomes) =>
        AnswerAsync("enable", tenant, id, context, new FieldErrors(), until: null, outcomes, endpoints.EnableAsync);

    /// <param name="asked">The last part of the path.</param>
    private static async Task<IResult> AnswerAsync(
        string asked,
        string tenant,
        string id,
        HttpContext context,
        FieldErrors errors,
        DateTimeOffset? until,
        EndpointOutcomes outcomes,
        Func<EndpointStateRequest, CancellationToken, Task<EndpointOutcome>> ask)
    {
        var (owner, name) = TenantPath.Read(tenant, context, errors);
        var version = IfMatch.Read(context.Request.Headers.IfMatch, errors);

        return errors.Any ? errors.ToProblem()
            : !EndpointId.IsValid(id) ? EndpointProblems.NotFound()
            : outcomes.StateChanged(await ask(new EndpointStateRequest(new EndpointKey(owner, name, id), version, until), CancellationToken.None), version, asked, context.Response);
    }
}
