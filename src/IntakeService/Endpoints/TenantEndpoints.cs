using Waybill.Hosting.Endpoints;
using Waybill.IntakeService.Events;
using Waybill.IntakeService.Reading;
using Waybill.IntakeService.Redeliveries;
using Waybill.IntakeService.Submissions;
using Waybill.IntakeService.Submissions.Fields;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Description;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.IntakeService.Endpoints;

/// <summary>What owners do about the endpoints of their tenants. The status service tells of them.</summary>
internal static class TenantEndpoints
{
    private const int MaxBodyBytes = 64 * 1024;

    public static void MapEndpoints(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/v1/tenants/{tenant}/endpoints")
            .RequireClientKey()
            .LimitInFlight()
            .AddEndpointFilter<StatusUnavailableFilter>()
            .WithTags("Endpoints")
            .WithOwner()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        api.MapPost("", Create)
            .WithMetadata(new RequestSizeLimit(MaxBodyBytes))
            .WithName("CreateEndpoint")
            .WithSummary("Adds an endpoint, which gets the tenant's events from now on.")
            .WithDescription("The answer has its secret, which receivers verify signatures with. With an Idempotency-Key a repeat is answered with the same endpoint.")
            .Accepts<EndpointBody>(JsonBody.MediaType)
            .Produces<EndpointView>(StatusCodes.Status201Created)
            .WithRequestExample(EndpointBody.Example)
            .WithResponseExample(StatusCodes.Status201Created, EndpointExample.WithSecret)
            .WithIdempotencyKey()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status501NotImplemented);

        api.MapPatch("{id}", Change)
            .WithMetadata(new RequestSizeLimit(MaxBodyBytes))
            .WithName("ChangeEndpoint")
            .WithSummary("Changes what is given of an endpoint, and leaves the rest (JSON merge patch).")
            .WithDescription("A changed URL is used from the next attempt on, also for what waits already. With If-Match it applies only to that version: 412 else.")
            .WithIfMatch()
            .Accepts<EndpointPatchBody>(JsonBody.MergePatchMediaType, JsonBody.MediaType)
            .Produces<EndpointView>()
            .WithRequestExample(EndpointPatchBody.Example)
            .WithResponseExample(StatusCodes.Status200OK, EndpointExample.View)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);

        api.MapDelete("{id}", Delete)
            .WithName("DeleteEndpoint")
            .WithSummary("Removes an endpoint. What is open for it ends FAILED, with the code endpoint_deleted.")
            .WithIfMatch()
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);

        api.MapPost("{id}/secret/rotate", Rotate)
            .WithMetadata(new RequestSizeLimit(MaxBodyBytes))
            .WithName("RotateSecret")
            .WithSummary("Makes a new secret. The old one stays valid until the time that is given, and is not valid any more where none is.")
            .WithIfMatch()
            .Accepts<RotateBody>(isOptional: true, JsonBody.MediaType)
            .Produces<EndpointView>()
            .WithRequestExample(RotateBody.Example)
            .WithResponseExample(StatusCodes.Status200OK, EndpointExample.WithSecret)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status501NotImplemented);

        api.MapStates(MaxBodyBytes);

        api.MapPost("{id}/test", Test)
            .WithMetadata(new RequestSizeLimit(MaxBodyBytes))
            .WithName("TestEndpoint")
            .WithSummary("Posts an event to this endpoint alone, whatever types it takes.")
            .Accepts<TestBody>(isOptional: true, JsonBody.MediaType)
            .Produces<EventResponse>(StatusCodes.Status202Accepted)
            .WithRequestExample(TestBody.Example)
            .WithResponseExample(StatusCodes.Status202Accepted, EventResponse.Example)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
    }

    private static Task<IResult> Create(
        string tenant,
        HttpContext context,
        BodyMemory memory,
        EndpointReader reader,
        EndpointClient endpoints,
        EndpointOutcomes outcomes,
        TimeProvider time) =>
        JsonBody.AnswerAsync(context, memory, [], async body =>
        {
            var errors = new FieldErrors();
            var (owner, name) = TenantPath.Read(tenant, context, errors);
            var key = IdempotencyKeyHeader.Read(context.Request.Headers[IdempotencyKeyHeader.Name], errors);
            var id = key is null ? EndpointId.New(time.GetUtcNow()) : EndpointId.FromIdempotencyKey(owner, name, key);
            var request = reader.Read(body.Json, new EndpointKey(owner, name, id), errors);

            return request is null || errors.Any
                ? errors.ToProblem()
                : outcomes.Created(await endpoints.CreateAsync(request, CancellationToken.None), request, context.Response);
        });

    private static Task<IResult> Change(string tenant, string id, HttpContext context, BodyMemory memory, EndpointReader reader, EndpointClient endpoints, EndpointOutcomes outcomes) =>
        JsonBody.AnswerAsync(context, memory, [], async body =>
        {
            var errors = new FieldErrors();
            var (owner, name) = TenantPath.Read(tenant, context, errors);
            var version = IfMatch.Read(context.Request.Headers.IfMatch, errors);
            var request = reader.ReadPatch(body.Json, new EndpointKey(owner, name, id), version, errors);

            return request is null || errors.Any ? errors.ToProblem()
                : !EndpointId.IsValid(id) ? EndpointProblems.NotFound()
                : outcomes.Changed(await endpoints.ChangeAsync(request, CancellationToken.None), version, context.Response);
        }, JsonBody.MergePatchMediaType);

    private static async Task<IResult> Delete(string tenant, string id, HttpContext context, EndpointClient endpoints, EndpointOutcomes outcomes)
    {
        var errors = new FieldErrors();
        var (owner, name) = TenantPath.Read(tenant, context, errors);
        var version = IfMatch.Read(context.Request.Headers.IfMatch, errors);

        return errors.Any ? errors.ToProblem()
            : !EndpointId.IsValid(id) ? EndpointProblems.NotFound()
            : outcomes.Deleted(await endpoints.DeleteAsync(new DeleteEndpointRequest(new EndpointKey(owner, name, id), version), CancellationToken.None), version, context.Response);
    }

    private static Task<IResult> Rotate(string tenant, string id, HttpContext context, BodyMemory memory, EndpointClient endpoints, EndpointOutcomes outcomes, TimeProvider time) =>
        OptionalBody.AnswerAsync(context, memory, async body =>
        {
            var errors = new FieldErrors();
            var (owner, name) = TenantPath.Read(tenant, context, errors);
            var version = IfMatch.Read(context.Request.Headers.IfMatch, errors);
            var until = SecretRotation.Read(body?.Json, time.GetUtcNow(), errors);

            return errors.Any ? errors.ToProblem()
                : !EndpointId.IsValid(id) ? EndpointProblems.NotFound()
                : outcomes.Changed(await endpoints.RotateSecretAsync(new RotateSecretRequest(new EndpointKey(owner, name, id), version, until), CancellationToken.None), version, context.Response);
        });

    private static Task<IResult> Test(string tenant, string id, HttpContext context, BodyMemory memory, EventSubmitter submitter, EventResults results, TimeProvider time) =>
        OptionalBody.AnswerAsync(context, memory, async body =>
        {
            var errors = new FieldErrors();
            var (owner, name) = TenantPath.Read(tenant, context, errors);
            var type = TestEvent.ReadType(body?.Json, errors);

            return errors.Any ? errors.ToProblem()
                : !EndpointId.IsValid(id) ? EndpointProblems.NotFound()
                : results.Of(await submitter.SubmitAsync(TestBody.Event(type, name, id, time.GetUtcNow()), owner, idempotencyKey: null, endpointId: id), context.Response);
        });
}
