using Waybill.Hosting.Endpoints;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Reading;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.StatusApi.Events;
using Waybill.ServiceDefaults.Problems;
using Waybill.StatusService.Endpoints;
using Waybill.StatusService.Events;
using Waybill.StatusService.Page.Sessions;
using Waybill.StatusService.Problems;

namespace Waybill.StatusService.Page.Endpoints;

/// <summary>
/// The page's buttons for endpoints. They read what is given by the rules of intake's public API, and make the same transitions. No answer has a secret: who wants to
/// see it asks for it, and that is on record. Nothing is cancelled by a browser that hangs up.
/// </summary>
internal static class EndpointActions
{
    public static void MapEndpointActions(this WebApplication app)
    {
        var endpoints = app.MapGroup("/page/tenants/{tenant}/endpoints")
            .RequireSession()
            .WithMetadata(PageBody.Limit)
            .AddEndpointFilter<TableUnavailableFilter>()
            .AddEndpointFilter<RecordTroubleFilter>()
            .ExcludeFromDescription();

        endpoints.MapPost("", Create);
        endpoints.MapPatch("{id}", Change);
        endpoints.MapDelete("{id}", Delete);
        endpoints.MapPost("{id}/secret/rotate", Rotate);
        endpoints.MapPost("{id}/test", Test);
        endpoints.MapStateActions();
    }

    private static async Task<IResult> Create(string tenant, HttpContext context, EndpointReader reader, EndpointTransitions endpoints, TimeProvider time)
    {
        var errors = new FieldErrors();
        var key = Key(tenant, EndpointId.New(time.GetUtcNow()), context, errors);
        using var json = await PageBody.ReadAsync(context.Request, errors);

        return json is null || reader.Read(json, key, errors) is not { } request || errors.Any
            ? Refused(errors)
            : Of(await endpoints.CreateAsync(request, CancellationToken.None), version: null, time);
    }

    private static async Task<IResult> Change(string tenant, string id, HttpContext context, EndpointReader reader, EndpointTransitions endpoints, TimeProvider time)
    {
        var errors = new FieldErrors();
        var key = Key(tenant, id, context, errors);
        var version = IfMatch.Read(context.Request.Headers.IfMatch, errors);
        using var json = await PageBody.ReadAsync(context.Request, errors);

        return json is null || reader.ReadPatch(json, key, version, errors) is not { } request || errors.Any ? Refused(errors)
            : !EndpointId.IsValid(id) ? EndpointProblems.NotFound()
            : Of(await endpoints.ChangeAsync(request, CancellationToken.None), version, time);
    }

    private static async Task<IResult> Delete(string tenant, string id, HttpContext context, EndpointTransitions endpoints, TimeProvider time)
    {
        var errors = new FieldErrors();
        var key = Key(tenant, id, context, errors);

        return errors.Any ? Refused(errors)
            : !EndpointId.IsValid(id) ? EndpointProblems.NotFound()
            : await endpoints.DeleteAsync(new DeleteEndpointRequest(key), CancellationToken.None) is { Applied: true } ? TypedResults.NoContent()
            : EndpointProblems.NotFound();
    }

    private static async Task<IResult> Rotate(string tenant, string id, HttpContext context, EndpointTransitions endpoints, TimeProvider time)
    {
        var errors = new FieldErrors();
        var key = Key(tenant, id, context, errors);
        using var json = await PageBody.ReadAsync(context.Request, errors);
        var until = SecretRotation.Read(json, time.GetUtcNow(), errors);

        return errors.Any ? Refused(errors)
            : !EndpointId.IsValid(id) ? EndpointProblems.NotFound()
            : Of(await endpoints.RotateSecretAsync(new RotateSecretRequest(key, KeepOldUntil: until), CancellationToken.None), version: null, time);
    }

    /// <summary>Intake is not asked: the Dispatcher sends it.</summary>
    private static async Task<IResult> Test(string tenant, string id, HttpContext context, EventTransitions events, TimeProvider time)
    {
        var errors = new FieldErrors();
        var key = Key(tenant, id, context, errors);
        using var json = await PageBody.ReadAsync(context.Request, errors);
        var type = TestEvent.ReadType(json, errors);

        if (errors.Any || !EndpointId.IsValid(id))
        {
            return errors.Any ? Refused(errors) : EndpointProblems.NotFound();
        }

        return await events.AcceptForDispatcherAsync(Request(key, type, time.GetUtcNow()), CancellationToken.None) is { Answer: { } answer }
            ? TypedResults.Ok(new TestView(answer.Event.Id, answer.Event.Type))
            : EndpointProblems.NotFound();
    }

    /// <summary>Nobody posts it twice: its id is its fingerprint.</summary>
    private static AcceptEventRequest Request(EndpointKey key, string type, DateTimeOffset now)
    {
        var id = EventIds.New(now);

        return new AcceptEventRequest
        {
            Id = id,
            Owner = key.Owner,
            Tenant = key.Tenant,
            Type = type,
            ContentType = TestEvent.ContentType,
            Body = TestEvent.Body(type, key.Id, now),
            Fingerprint = id,
            Traceparent = System.Diagnostics.Activity.Current?.Id,
            EndpointId = key.Id,
        };
    }

    internal static EndpointKey Key(string tenant, string id, HttpContext context, FieldErrors errors)
    {
        var (owner, name) = TenantPlace.Read(tenant, context, errors);
        return new EndpointKey(owner, name, id);
    }

    /// <param name="version">That the change was decided on; null for any.</param>
    private static IResult Of(EndpointOutcome outcome, int? version, TimeProvider time) => outcome switch
    {
        { Applied: true, Endpoint: { } endpoint } => TypedResults.Ok(EndpointView.Of(endpoint, time.GetUtcNow())),
        { Answer.Refusal: EndpointRefusals.NotSetUp } => EndpointProblems.NotSetUp(),
        { Answer.Refusal: EndpointRefusals.TooManySecrets } => Problem.Create(
            StatusCodes.Status409Conflict, "too-many-secrets", $"{EndpointBounds.MostSecrets} secrets of the endpoint are valid now, as many as there may be. Rotate again when one of them has ended, or let the old ones end now."),
        { Answer.Refusal: not null } => EndpointProblems.LimitReached(EndpointBounds.MostOfTenant),
        { Endpoint: { } endpoint } when version is not null && endpoint.Version != version => Problem.Create(
            StatusCodes.Status412PreconditionFailed, "version-conflict", "Somebody has changed the endpoint since you opened the form. Close the form to see it as it is now, and try again."),
        { Endpoint: not null } => Problem.Create(StatusCodes.Status409Conflict, "conflict", "The endpoint was changed at the same time. Look at it as it is now, and try again."),
        _ => EndpointProblems.NotFound(),
    };

    internal static IResult Refused(FieldErrors errors) => Problem.Validation(errors.ToDictionary());
}

/// <summary>Where a test can be followed.</summary>
/// <param name="Id">Of the event.</param>
internal sealed record TestView(string Id, string Type);
