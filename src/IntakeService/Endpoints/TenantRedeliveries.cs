using Waybill.IntakeService.Reading;
using Waybill.IntakeService.Redeliveries;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.StatusApi.Redeliveries;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Description;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.IntakeService.Endpoints;

/// <summary>Bulk redelivery of what failed for one endpoint, or for one tenant, for its owner.</summary>
internal static class TenantRedeliveries
{
    private const int MaxBodyBytes = 16 * 1024;

    public static void MapTenantRedeliveries(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/v1/tenants/{tenant}")
            .RequireClientKey()
            .LimitInFlight()
            .AddEndpointFilter<StatusUnavailableFilter>()
            .WithTags("Endpoints")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        api.MapPost("redeliver", OfTenant)
            .WithMetadata(new RequestSizeLimit(MaxBodyBytes))
            .WithName("RedeliverTenant")
            .WithSummary("Delivers once more all of a tenant's that failed for good in a window of time.")
            .WithDescription("The answer is a job, which goes on by itself; /v1/redeliveries/{jobId} tells of it.")
            .Accepts<RedeliveryWindowBody>(JsonBody.MediaType)
            .Produces<RedeliveryResponse>(StatusCodes.Status202Accepted)
            .WithRequestExample(RedeliveryWindowBody.Example)
            .WithResponseExample(StatusCodes.Status202Accepted, RedeliveryResponse.Example);

        api.MapPost("endpoints/{id}/redeliver", OfEndpoint)
            .WithMetadata(new RequestSizeLimit(MaxBodyBytes))
            .WithName("RedeliverEndpoint")
            .WithSummary("Delivers once more all that failed for good for an endpoint in a window of time.")
            .WithDescription("The answer is a job, which goes on by itself; /v1/redeliveries/{jobId} tells of it.")
            .Accepts<RedeliveryWindowBody>(JsonBody.MediaType)
            .Produces<RedeliveryResponse>(StatusCodes.Status202Accepted)
            .WithRequestExample(RedeliveryWindowBody.Example)
            .WithResponseExample(StatusCodes.Status202Accepted, RedeliveryResponse.Example)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>One that does not exist has nothing that failed: its job ends at once.</summary>
    private static Task<IResult> OfTenant(string tenant, HttpContext context, BodyMemory memory, EndpointClient endpoints, RedeliveryClient jobs, TimeProvider time) =>
        CreateAsync(tenant, id: null, context, memory, endpoints, jobs, time);

    private static Task<IResult> OfEndpoint(string tenant, string id, HttpContext context, BodyMemory memory, EndpointClient endpoints, RedeliveryClient jobs, TimeProvider time) =>
        CreateAsync(tenant, id, context, memory, endpoints, jobs, time);

    /// <param name="id">Null for all endpoints of the tenant.</param>
    private static Task<IResult> CreateAsync(string tenant, string? id, HttpContext context, BodyMemory memory, EndpointClient endpoints, RedeliveryClient jobs, TimeProvider time) =>
        JsonBody.AnswerAsync(context, memory, [], async body =>
        {
            var now = time.GetUtcNow();
            var errors = new FieldErrors();
            var (owner, name) = TenantPath.Read(tenant, context, errors);
            var window = RedeliveryReader.ReadWindow(body.Json, now, errors);

            if (window is not var (from, to, rate) || errors.Any)
            {
                return errors.ToProblem();
            }

            if (id is not null && (!EndpointId.IsValid(id) || await endpoints.GetAsync(new EndpointKey(owner, name, id), CancellationToken.None) is null))
            {
                return EndpointProblems.NotFound();
            }

            var filter = new RedeliveryFilter(from, to, Owner: owner, Tenant: name, EndpointId: id);
            var job = await jobs.CreateAsync(new CreateJobRequest(RedeliveryJobId.New(now), filter, rate, context.User.OwnerName()), CancellationToken.None);

            return TypedResults.Accepted($"/v1/redeliveries/{job.Id}", RedeliveryResponse.Of(job));
        });
}
