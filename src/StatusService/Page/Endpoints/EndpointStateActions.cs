using System.Text.Json;
using Waybill.Hosting.Endpoints;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Json;
using Waybill.Notifications.Reading;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.StatusApi.Redeliveries;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Problems;
using Waybill.StatusService.Endpoints;
using Waybill.StatusService.Redeliveries;

namespace Waybill.StatusService.Page.Endpoints;

/// <summary>The page's buttons that pause, resume, disable and enable an endpoint, and the one that delivers again what failed meanwhile.</summary>
internal static class EndpointStateActions
{
    private const string From = "from";

    public static void MapStateActions(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("{id}/pause", Pause);
        endpoints.MapPost("{id}/resume", Resume);
        endpoints.MapPost("{id}/disable", Disable);
        endpoints.MapPost("{id}/enable", Enable);
        endpoints.MapPost("{id}/redeliver", Redeliver);
    }

    private static async Task<IResult> Pause(string tenant, string id, HttpContext context, EndpointStates states, TimeProvider time)
    {
        var errors = new FieldErrors();
        using var json = await PageBody.ReadAsync(context.Request, errors);
        var until = json is null ? null : EndpointPause.Read(json, time.GetUtcNow(), errors);

        return await AnswerAsync("pause", tenant, id, context, errors, until, states.PauseAsync, time);
    }

    private static Task<IResult> Resume(string tenant, string id, HttpContext context, EndpointStates states, TimeProvider time) =>
        AnswerAsync("resume", tenant, id, context, new FieldErrors(), until: null, states.ResumeAsync, time);

    private static Task<IResult> Disable(string tenant, string id, HttpContext context, EndpointStates states, TimeProvider time) =>
        AnswerAsync("disable", tenant, id, context, new FieldErrors(), until: null, states.DisableAsync, time);

    private static Task<IResult> Enable(string tenant, string id, HttpContext context, EndpointStates states, TimeProvider time) =>
        AnswerAsync("enable", tenant, id, context, new FieldErrors(), until: null, states.EnableAsync, time);

    /// <param name="asked">The last part of the path.</param>
    private static async Task<IResult> AnswerAsync(
        string asked,
        string tenant,
        string id,
        HttpContext context,
        FieldErrors errors,
        DateTimeOffset? until,
        Func<EndpointStateRequest, CancellationToken, Task<EndpointOutcome>> ask,
        TimeProvider time)
    {
        var key = EndpointActions.Key(tenant, id, context, errors);

        if (errors.Any || !EndpointId.IsValid(id))
        {
            return errors.Any ? EndpointActions.Refused(errors) : EndpointProblems.NotFound();
        }

        var now = time.GetUtcNow();

        return await ask(new EndpointStateRequest(key, Until: until), CancellationToken.None) switch
        {
            { Applied: true, Endpoint: { } endpoint } => TypedResults.Ok(EndpointView.Of(endpoint, now)),
            { Endpoint: { } endpoint } => EndpointProblems.StateConflict(id, endpoint.StatusAt(now).Text(), asked),
            _ => EndpointProblems.NotFound(),
        };
    }

    /// <summary>All that failed for good since a time. Until now by this service's clock: that of a browser may be wrong.</summary>
    private static async Task<IResult> Redeliver(string tenant, string id, HttpContext context, EndpointStore store, JobTransitions jobs, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var errors = new FieldErrors();
        var key = EndpointActions.Key(tenant, id, context, errors);
        using var json = await PageBody.ReadAsync(context.Request, errors);
        var from = json is null ? null : ReadFrom(json, now, errors);

        if (from is null || errors.Any)
        {
            return EndpointActions.Refused(errors);
        }

        if (!EndpointId.IsValid(id) || await store.GetAsync(key, CancellationToken.None) is null or { IsDeleted: true })
        {
            return EndpointProblems.NotFound();
        }

        var filter = new RedeliveryFilter(from.Value, now, Owner: key.Owner, Tenant: key.Tenant, EndpointId: id);
        var outcome = await jobs.CreateAsync(new CreateJobRequest(RedeliveryJobId.New(now), filter, RedeliveryRules.DefaultRate, context.User.OwnerName()), CancellationToken.None);

        return TypedResults.Ok(new RedeliveryBegun(outcome.Job!.Id));
    }

    private static DateTimeOffset? ReadFrom(JsonOutline json, DateTimeOffset now, FieldErrors errors)
    {
        var fields = new FieldReader(json, [From], errors);

        if (json.Root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (fields.Find(From) is null)
        {
            errors.Add(From, $"is required: {Rfc3339.Allowed}.");
        }

        var from = TimeText.Read(fields, From);
        RedeliveryRules.CheckWindow(From, "now", from, now, now, errors.Add);
        return from;
    }
}

/// <summary>Where a redelivery can be followed, by who may.</summary>
/// <param name="Id">Of the job.</param>
internal sealed record RedeliveryBegun(string Id);
