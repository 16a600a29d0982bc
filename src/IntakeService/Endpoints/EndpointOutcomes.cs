using Microsoft.AspNetCore.Http.HttpResults;
using Waybill.Hosting.Endpoints;
using Waybill.IntakeService.Submissions;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.IntakeService.Endpoints;

/// <summary>What became of a change to an endpoint, in HTTP.</summary>
internal sealed class EndpointOutcomes(TimeProvider time)
{
    /// <param name="request">What was asked for, to tell a repeat from another request with the same key.</param>
    public IResult Created(EndpointOutcome outcome, CreateEndpointRequest request, HttpResponse response)
    {
        switch (outcome)
        {
            case { Answer.Refusal: { } why }:
                return Refused(why, outcome.Endpoint);

            case { Applied: false, Endpoint: { } known } when known.IsDeleted:
                return Deleted(known.Id);

            case { Applied: false, Endpoint: { } known } when known.Fingerprint != request.Fingerprint:
                return SubmissionResults.KeyReused();

            case { Applied: false }:
                response.Headers[SubmissionResults.ReplayedHeader] = "true";
                break;
        }

        return TypedResults.Created($"/v1/tenants/{request.Key.Tenant}/endpoints/{outcome.Endpoint!.Id}", View(outcome, response));
    }

    /// <param name="version">What was asked for with If-Match; null for none.</param>
    public IResult Changed(EndpointOutcome outcome, int? version, HttpResponse response) => outcome switch
    {
        { Answer.Refusal: { } why } => Refused(why, outcome.Endpoint),
        { Endpoint: null } => EndpointProblems.NotFound(),
        { Applied: false, Endpoint: { } endpoint } when endpoint.Version != version => VersionConflict(endpoint, version),
        { Applied: false, Endpoint: { } endpoint } => Conflict($"An endpoint that is {endpoint.Status.Text()} cannot be changed so.", endpoint.Id),
        _ => TypedResults.Ok(View(outcome, response)),
    };

    /// <param name="version">What was asked for with If-Match; null for none.</param>
    /// <param name="asked">The last part of the request's path.</param>
    public IResult StateChanged(EndpointOutcome outcome, int? version, string asked, HttpResponse response) => outcome switch
    {
        { Applied: false, Answer.Refusal: null, Endpoint: { } endpoint } when version is null || endpoint.Version == version =>
            EndpointProblems.StateConflict(endpoint.Id, endpoint.StatusAt(time.GetUtcNow()).Text(), asked),
        _ => Changed(outcome, version, response),
    };

    public IResult Deleted(EndpointOutcome outcome, int? version, HttpResponse response) =>
        outcome is { Applied: true } ? TypedResults.NoContent() : Changed(outcome, version, response);

    private static ProblemHttpResult Refused(string why, EndpointRecord? endpoint) => why switch
    {
        EndpointRefusals.Limit => EndpointProblems.LimitReached(EndpointBounds.MostOfTenant),
        EndpointRefusals.NotSetUp => EndpointProblems.NotSetUp(),
        EndpointRefusals.TooManySecrets => TooManySecrets(endpoint!.Id),
        _ => Problem.Create(StatusCodes.Status409Conflict, "conflict", $"The status service refuses it: {why}."),
    };

    private EndpointView View(EndpointOutcome outcome, HttpResponse response)
    {
        response.Headers.ETag = IfMatch.Tag(outcome.Endpoint!.Version);
        response.Headers.CacheControl = "no-store";
        return EndpointView.Of(outcome.Endpoint, time.GetUtcNow(), outcome.Answer!.Secret);
    }

    private static ProblemHttpResult TooManySecrets(string id) => Problem.Create(
        StatusCodes.Status409Conflict,
        "too-many-secrets",
        "Five secrets of the endpoint are valid now, as many as there may be. Rotate again when one of them has ended, or without keepOldUntil.",
        extensions: new Dictionary<string, object?> { ["id"] = id });

    private static ProblemHttpResult VersionConflict(EndpointRecord endpoint, int? version) => Problem.Create(
        StatusCodes.Status412PreconditionFailed,
        "version-conflict",
        version is null ? "The endpoint was changed at the same time. Ask again." : $"The endpoint has version {endpoint.Version}, and not {version} any more. Read it before you change it.",
        extensions: new Dictionary<string, object?> { ["id"] = endpoint.Id, ["version"] = endpoint.Version });

    private static ProblemHttpResult Conflict(string title, string id) =>
        Problem.Create(StatusCodes.Status409Conflict, "conflict", title, extensions: new Dictionary<string, object?> { ["id"] = id });

    private static ProblemHttpResult Deleted(string id) => Problem.Create(
        StatusCodes.Status409Conflict,
        "endpoint-deleted",
        "The endpoint that this Idempotency-Key has created was deleted since. Use a new key for a new endpoint.",
        extensions: new Dictionary<string, object?> { ["id"] = id });
}
