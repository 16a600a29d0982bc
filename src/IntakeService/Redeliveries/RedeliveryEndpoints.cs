using System.Security.Claims;
using Waybill.IntakeService.Reading;
using Waybill.IntakeService.Submissions;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Redeliveries;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Description;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.IntakeService.Redeliveries;

/// <summary>
/// Bulk redelivery, for operators; by endpoint and by tenant for their owner, too (<see cref="Endpoints.TenantRedeliveries"/>). What is asked for is
/// stored; <see cref="RedeliveryRunner"/> does it.
/// </summary>
internal static class RedeliveryEndpoints
{
    private const int MaxBodyBytes = 16 * 1024;
    private const int MaxLimit = 100;
    private const int DefaultLimit = 20;

    public static void MapRedeliveries(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/v1/redeliveries")
            .RequireOperatorKey()
            .AddEndpointFilter<StatusUnavailableFilter>()
            .WithTags("Redeliveries")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        api.MapPost("", Create)
            .WithMetadata(new RequestSizeLimit(MaxBodyBytes))
            .WithName("CreateRedelivery")
            .WithSummary("Delivers once more all that failed for good in a window of time. Operators only.")
            .WithDescription("The answer is a job, which goes on by itself, also over restarts. It redelivers each notification once: those that had failed by the time the job was created.")
            .Accepts<RedeliveryBody>(JsonBody.MediaType)
            .Produces<RedeliveryResponse>(StatusCodes.Status202Accepted)
            .WithRequestExample(RedeliveryBody.Example)
            .WithResponseExample(StatusCodes.Status202Accepted, RedeliveryResponse.Example)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);

        api.MapGet("", List)
            .WithName("ListRedeliveries")
            .WithSummary("The newest jobs, newest first; finished ones as long as notifications are kept. Operators only.")
            .WithDescription("A new job appears after a moment.")
            .WithLimitParameter(DefaultLimit, MaxLimit)
            .Produces<RedeliveryListResponse>()
            .WithResponseExample(StatusCodes.Status200OK, $$"""{ "items": [{{RedeliveryResponse.Example}}] }""")
            .ProducesProblem(StatusCodes.Status400BadRequest);

        var one = app.MapGroup("/v1/redeliveries/{jobId}")
            .RequireClientKey()
            .AddEndpointFilter<StatusUnavailableFilter>()
            .WithTags("Redeliveries")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        one.MapGet("", Get)
            .WithName("GetRedelivery")
            .WithSummary("A job: counts and progress. Strongly consistent. For operators, and for the owner whose notifications it redelivers.")
            .Produces<RedeliveryResponse>()
            .WithResponseExample(StatusCodes.Status200OK, RedeliveryResponse.Example)
            .ProducesProblem(StatusCodes.Status404NotFound);

        one.MapDelete("", Cancel)
            .WithName("CancelRedelivery")
            .WithSummary("Stops a job, within about a second. For operators, and for the owner whose notifications it redelivers.")
            .WithDescription("What it has redelivered stays so. Stopping it again answers the same; 409 once it is COMPLETED.")
            .Produces<RedeliveryResponse>()
            .WithResponseExample(StatusCodes.Status200OK, RedeliveryResponse.Example)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static Task<IResult> Create(HttpContext context, BodyMemory memory, RedeliveryClient jobs, TimeProvider time) =>
        JsonBody.AnswerAsync(context, memory, [], async body =>
        {
            var now = time.GetUtcNow();
            var errors = new FieldErrors();

            if (RedeliveryReader.Read(body.Json, now, errors) is not var (filter, rate))
            {
                return errors.ToProblem();
            }

            var request = new CreateJobRequest(RedeliveryJobId.New(now), filter, rate, context.User.OwnerName());
            var job = await jobs.CreateAsync(request, CancellationToken.None);
            return TypedResults.Accepted($"/v1/redeliveries/{job.Id}", RedeliveryResponse.Of(job));
        });

    private static async Task<IResult> List(HttpRequest request, RedeliveryClient jobs, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var limit = LimitParameter.Read(request.Query, DefaultLimit, MaxLimit, errors);

        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var recent = await jobs.RecentAsync(limit, cancellationToken);
        return TypedResults.Ok(new RedeliveryListResponse([.. recent.Items.Select(RedeliveryResponse.Of)]));
    }

    private static async Task<IResult> Get(string jobId, ClaimsPrincipal caller, RedeliveryClient jobs, CancellationToken cancellationToken) =>
        await FindAsync(jobId, caller, jobs, cancellationToken) is { } job ? TypedResults.Ok(RedeliveryResponse.Of(job)) : NotFound();

    private static async Task<IResult> Cancel(string jobId, ClaimsPrincipal caller, RedeliveryClient jobs)
    {
        var known = await FindAsync(jobId, caller, jobs, CancellationToken.None);
        var outcome = known is null ? null : await jobs.CancelAsync(jobId, CancellationToken.None);

        return outcome?.Job switch
        {
            null => NotFound(),
            { } job when job.Status == RedeliveryJobStatus.Cancelled => TypedResults.Ok(RedeliveryResponse.Of(job)),
            var job => Completed(job),
        };
    }

    /// <summary>Null for an unknown id and for one that the caller may not know of alike.</summary>
    private static async Task<RedeliveryJob?> FindAsync(string jobId, ClaimsPrincipal caller, RedeliveryClient jobs, CancellationToken cancellationToken) =>
        RedeliveryJobId.IsValid(jobId) && await jobs.GetAsync(jobId, cancellationToken) is { } job
        && (caller.VisibleOwner() is not { } visible || job.Filter.Owner == visible)
            ? job
            : null;

    private static IResult NotFound() => Problem.Create(StatusCodes.Status404NotFound, "not-found", "There is no such job.");

    private static IResult Completed(RedeliveryJob job) => Problem.Create(
        StatusCodes.Status409Conflict,
        "conflict",
        "A job that is completed cannot be cancelled.",
        extensions: new Dictionary<string, object?> { ["id"] = job.Id, ["jobStatus"] = job.Status });
}
