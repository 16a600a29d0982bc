using System.Security.Claims;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Redeliveries;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Problems;
using Waybill.StatusService.Page.Sessions;
using Waybill.StatusService.Problems;
using Waybill.StatusService.Redeliveries;

namespace Waybill.StatusService.Page.Redeliveries;

/// <summary>The page's bulk redelivery, for operators. What is asked for here is stored; intake's runner picks it up within seconds.</summary>
internal static class RedeliveryEndpoints
{
    private const int Newest = 50;

    public static void MapPageRedeliveries(this WebApplication app)
    {
        var api = app.MapGroup("/page/redeliveries")
            .RequireOperatorSession()
            .AddEndpointFilter<TableUnavailableFilter>()
            .AddEndpointFilter<RecordTroubleFilter>()
            .ExcludeFromDescription();

        api.MapPost("", Create);
        api.MapGet("", List);
        api.MapGet("{id}", Get);
        api.MapDelete("{id}", Stop);
    }

    private static async Task<IResult> Create(RedeliveryForm form, ClaimsPrincipal caller, JobTransitions jobs, TimeProvider time)
    {
        var now = time.GetUtcNow();

        var errors = new Dictionary<string, string[]>();

        if (form.Filter(now, errors) is not { } filter)
        {
            return Problem.Validation(errors);
        }

        var request = new CreateJobRequest(RedeliveryJobId.New(now), filter, RedeliveryRules.DefaultRate, caller.OwnerName());
        var outcome = await jobs.CreateAsync(request, CancellationToken.None);
        return TypedResults.Ok(RedeliveryView.Of(outcome.Job!));
    }

    private static async Task<IResult> List(JobStore store, CancellationToken cancellationToken)
    {
        var jobs = await store.RecentAsync(Newest, cancellationToken);
        return TypedResults.Ok(new RedeliveryViews([.. jobs.Select(RedeliveryView.Of)]));
    }

    private static async Task<IResult> Get(string id, JobStore store, CancellationToken cancellationToken) =>
        RedeliveryJobId.IsValid(id) && await store.GetAsync(id, cancellationToken) is { } job
            ? TypedResults.Ok(RedeliveryView.Of(job))
            : NotFound();

    private static async Task<IResult> Stop(string id, JobTransitions jobs)
    {
        var outcome = RedeliveryJobId.IsValid(id) ? await jobs.CancelAsync(id, CancellationToken.None) : null;

        return outcome?.Job switch
        {
            null => NotFound(),
            { } job when job.Status == RedeliveryJobStatus.Cancelled => TypedResults.Ok(RedeliveryView.Of(job)),
            _ => Problem.Create(StatusCodes.Status409Conflict, "conflict", "It is completed, and cannot be stopped any more."),
        };
    }

    private static IResult NotFound() => Problem.Create(StatusCodes.Status404NotFound, "not-found", "There is no such redelivery.");
}
