using System.Security.Claims;
using Waybill.Hosting.Endpoints;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.Sealing;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Description;
using Waybill.ServiceDefaults.Problems;
using Waybill.StatusService.Problems;
using Waybill.StatusService.Queries.Listing;

namespace Waybill.StatusService.Endpoints;

/// <summary>Tells of endpoints: what they are, and to who asks for it the secret.</summary>
internal static partial class EndpointQueries
{
    private const int MaxLimit = 200;
    private const int DefaultLimit = 50;

    private sealed record Secrets(string Secret);

    public static void MapEndpointQueries(this WebApplication app)
    {
        var all = app.MapGroup("/v1")
            .RequireClientKey()
            .AddEndpointFilter<TableUnavailableFilter>()
            .AddEndpointFilter<RecordTroubleFilter>()
            .WithTags("Endpoints")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        all.MapGet("endpoints/unwell", ListUnwell)
            .WithName("ListUnwellEndpoints")
            .WithSummary("The endpoints that are failing, paused or disabled, of all tenants. The index may lag for a moment.")
            .WithDescription("A client sees its own; an operator those of all owners, or of the one that is named. complete is false when there are more.")
            .WithOwner()
            .WithLimit("Endpoints in the answer.", DefaultLimit, MaxLimit)
            .Produces<UnwellList>()
            .WithResponseExample(StatusCodes.Status200OK, $$"""{ "items": [{{EndpointExample.Failing}}], "complete": true }""");

        var api = all.MapGroup("tenants").ProducesProblem(StatusCodes.Status404NotFound);

        api.MapGet("", ListTenants)
            .WithName("ListTenants")
            .WithSummary("Tenants that have or had endpoints, by name. Strongly consistent.")
            .WithOwner()
            .WithTenantPage(DefaultLimit, MaxLimit)
            .Produces<TenantList>()
            .WithResponseExample(StatusCodes.Status200OK, """{ "items": ["example-ltd", "other-inc"], "next": "other-inc" }""");

        api.MapGet("{tenant}/endpoints", List)
            .WithName("ListEndpoints")
            .WithSummary("The endpoints of a tenant. Strongly consistent.")
            .WithOwner()
            .Produces<EndpointList>()
            .WithResponseExample(StatusCodes.Status200OK, $$"""{ "items": [{{EndpointExample.Failing}}] }""");

        api.MapGet("{tenant}/endpoints/{id}", Get)
            .WithName("GetEndpoint")
            .WithSummary("An endpoint, and what came of the last day's notifications. Strongly consistent.")
            .WithOwner()
            .Produces<EndpointDetails>()
            .WithResponseExample(StatusCodes.Status200OK, EndpointDetails.ExampleWithCounts);

        api.MapGet("{tenant}/endpoints/{id}/secret", GetSecret)
            .WithName("GetSecret")
            .WithSummary("The endpoint's secret, which receivers verify signatures with. That it was asked for is on record.")
            .WithOwner()
            .Produces<EndpointSecretView>()
            .ProducesProblem(StatusCodes.Status500InternalServerError)
            .ProducesProblem(StatusCodes.Status501NotImplemented)
            .WithResponseExample(StatusCodes.Status200OK, """{ "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD" }""");
    }

    private static async Task<IResult> ListTenants(HttpContext context, EndpointStore store, CancellationToken cancellationToken)
    {
        var fields = new QueryFields(context.Request.Query, [EndpointParameters.Owner, EndpointParameters.Limit, EndpointParameters.After]);
        var owner = OwnerOf(fields, context.User);
        var limit = fields.WholeNumber(EndpointParameters.Limit, 1, MaxLimit) ?? DefaultLimit;
        var after = fields.Text(EndpointParameters.After);

        if (after is not null && !Tenants.IsValid(after))
        {
            fields.Refuse(EndpointParameters.After, $"must be a tenant: {Tenants.Allowed}.");
        }

        if (fields.Errors.Count > 0)
        {
            return Problem.Validation(fields.Errors);
        }

        var tenants = await store.TenantsAsync(owner, after is null ? null : new TenantKey(owner, after), limit, cancellationToken);
        return TypedResults.Ok(new TenantList([.. tenants.Select(one => one.Tenant)], tenants.Count == limit ? tenants[^1].Tenant : null));
    }

    private static async Task<IResult> ListUnwell(HttpContext context, UnwellEndpoints unwell, CancellationToken cancellationToken)
    {
        var fields = new QueryFields(context.Request.Query, [EndpointParameters.Owner, EndpointParameters.Limit]);
        var owner = context.Request.Query.ContainsKey(EndpointParameters.Owner) ? OwnerOf(fields, context.User) : context.User.VisibleOwner();
        var limit = fields.WholeNumber(EndpointParameters.Limit, 1, MaxLimit) ?? DefaultLimit;

        return fields.Errors.Count > 0 ? Problem.Validation(fields.Errors) : TypedResults.Ok(await unwell.ReadAsync(owner, limit, cancellationToken));
    }

    private static async Task<IResult> List(string tenant, HttpContext context, EndpointStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var (owner, refusal) = OwnerOf(context);

        if (refusal is not null)
        {
            return refusal;
        }

        // What cannot be a tenant may be longer than a key.
        if (!Tenants.IsValid(tenant))
        {
            return NoTenant();
        }

        var endpoints = await store.OfTenantAsync(owner, tenant, cancellationToken);

        return endpoints.Count > 0 || await store.IsTenantAsync(owner, tenant, cancellationToken)
            ? TypedResults.Ok(new EndpointList([.. endpoints.OrderBy(endpoint => endpoint.CreatedAt).Select(endpoint => EndpointView.Of(endpoint, time.GetUtcNow()))]))
            : NoTenant();
    }

    private static async Task<IResult> Get(string tenant, string id, HttpContext context, EndpointStore store, EndpointActivity activity, TimeProvider time, CancellationToken cancellationToken)
    {
        var (endpoint, refusal) = await FindAsync(tenant, id, context, store, cancellationToken);

        if (endpoint is null)
        {
            return refusal!;
        }

        context.Response.Headers.ETag = IfMatch.Tag(endpoint.Version);
        return TypedResults.Ok(EndpointDetails.Of(endpoint, time.GetUtcNow(), await activity.OfLastDayAsync(endpoint, cancellationToken)));
    }

    private static async Task<IResult> GetSecret(string tenant, string id, HttpContext context, EndpointStore store, EndpointSecrets secrets, ILogger<Secrets> logger, CancellationToken cancellationToken)
    {
        var (endpoint, refusal) = await FindAsync(tenant, id, context, store, cancellationToken);

        if (endpoint is null)
        {
            return refusal!;
        }

        if (!secrets.CanMake)
        {
            return EndpointProblems.NotSetUp();
        }

        context.Response.Headers.CacheControl = "no-store";
        Log.SecretRead(logger, endpoint.Id, endpoint.Tenant, endpoint.Owner, context.User.Identity?.Name, context.User.OwnerName());

        try
        {
            return TypedResults.Ok(new EndpointSecretView(secrets.OpenNewest(endpoint)));
        }
        catch (SealException exception)
        {
            return Problem.Create(StatusCodes.Status500InternalServerError, "secret-sealed", "The secret cannot be read here.", exception.Message);
        }
    }

    private static async Task<(EndpointRecord? Endpoint, IResult? Refusal)> FindAsync(string tenant, string id, HttpContext context, EndpointStore store, CancellationToken cancellationToken)
    {
        var (owner, refusal) = OwnerOf(context);

        if (refusal is not null)
        {
            return (null, refusal);
        }

        return Tenants.IsValid(tenant) && EndpointId.IsValid(id) && await store.GetAsync(new EndpointKey(owner, tenant, id), cancellationToken) is { IsDeleted: false } endpoint
            ? (endpoint, null)
            : (null, EndpointProblems.NotFound());
    }

    private static IResult NoTenant() => Problem.Create(StatusCodes.Status404NotFound, "not-found", "There is no such tenant.");

    private static (string Owner, IResult? Refusal) OwnerOf(HttpContext context)
    {
        var fields = new QueryFields(context.Request.Query, [EndpointParameters.Owner]);
        var owner = OwnerOf(fields, context.User);
        return (owner, fields.Errors.Count > 0 ? Problem.Validation(fields.Errors) : null);
    }

    /// <summary>The caller's own, or for operators the one that is named.</summary>
    private static string OwnerOf(QueryFields fields, ClaimsPrincipal caller)
    {
        if (fields.Text(EndpointParameters.Owner) is not { } named)
        {
            return caller.OwnerName();
        }

        if (caller.OwnerNamed(named) is { } owner)
        {
            return owner;
        }

        fields.Refuse(EndpointParameters.Owner, "must be your own name: only an operator sees those of others.");
        return caller.OwnerName();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The secret of {EndpointId}, tenant {Tenant} of {Owner}, was read with the key {Key} of {Caller}.")]
        public static partial void SecretRead(ILogger logger, string endpointId, string tenant, string owner, string? key, string caller);
    }
}

/// <param name="Next">What the next page's 'after' is; absent on the last.</param>
internal sealed record TenantList(IReadOnlyList<string> Items, string? Next = null);

internal sealed record EndpointList(IReadOnlyList<EndpointView> Items);

/// <param name="Secret">whsec_ and Base64.</param>
internal sealed record EndpointSecretView(string Secret);
