using System.ComponentModel.DataAnnotations;
using Waybill.Notifications.Json;
using Waybill.Notifications.StatusApi.Redeliveries;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Problems;
using Waybill.StatusService.InternalApi;
using Waybill.StatusService.Problems;

namespace Waybill.StatusService.Redeliveries;

/// <summary>
/// Jobs, for intake, on the internal port. As with notifications: 200 with the job when it applied, 409 with the job as it is when the
/// condition failed. Jobs that run and wait for somebody to work on them are in the shard <see cref="Notifications.Storage.Shards.Jobs"/> of what is due.
/// </summary>
internal static class JobEndpoints
{
    public static void MapRedeliveries(this WebApplication app)
    {
        var api = app.MapGroup(RedeliveryRoutes.All)
            .RequireInternalKey()
            .ExcludeFromDescription()
            .AddEndpointFilter<TableUnavailableFilter>()
            .AddEndpointFilter<InternalTroubleFilter>();

        api.MapPost("", Create);
        api.MapGet("", Recent);
        api.MapGet("{id}", Get);
        api.MapGet($"{{id}}/{RedeliveryRoutes.Page}", Page);
        api.MapPost($"{{id}}/{RedeliveryRoutes.Lease}", Lease);
        api.MapPost($"{{id}}/{RedeliveryRoutes.Checkpoint}", Checkpoint);
        api.MapPost($"{{id}}/{RedeliveryRoutes.Cancel}", Cancel);
    }

    private static async Task<IResult> Create(HttpRequest request, JobTransitions jobs) =>
        Of(await jobs.CreateAsync(await Contract.ReadAsync(request, NotificationsJson.Default.CreateJobRequest), CancellationToken.None));

    private static async Task<IResult> Recent([Range(1, 100)] int limit, JobStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(new RedeliveryJobs(await store.RecentAsync(limit, cancellationToken)));

    private static async Task<IResult> Get(string id, JobStore store, CancellationToken cancellationToken) =>
        await store.GetAsync(id, cancellationToken) is { } job ? TypedResults.Ok(job) : NotFound();

    /// <summary>Empty, and the last, for a job that does not run any more.</summary>
    private static async Task<IResult> Page(string id, [Range(1, 1000)] int limit, JobStore store, JobPages pages, CancellationToken cancellationToken) =>
        await store.GetWithPageAsync(id, cancellationToken) switch
        {
            { } job when job.Job.Status == RedeliveryJobStatus.Running => TypedResults.Ok(await pages.ReadAsync(job, limit, cancellationToken)),
            { } => TypedResults.Ok(new RedeliveryPage(null, [], 0, 0)),
            null => NotFound(),
        };

    private static async Task<IResult> Lease(string id, HttpRequest request, JobTransitions jobs) =>
        Of(await jobs.LeaseAsync(id, await Contract.ReadAsync(request, NotificationsJson.Default.LeaseJobRequest), CancellationToken.None));

    private static async Task<IResult> Checkpoint(string id, HttpRequest request, JobTransitions jobs) =>
        Of(await jobs.CheckpointAsync(id, await Contract.ReadAsync(request, NotificationsJson.Default.CheckpointRequest), CancellationToken.None));

    private static async Task<IResult> Cancel(string id, JobTransitions jobs) =>
        Of(await jobs.CancelAsync(id, CancellationToken.None));

    private static IResult Of(JobOutcome outcome) => outcome switch
    {
        { Applied: true } => TypedResults.Ok(outcome.Job),
        { Job: not null } => TypedResults.Conflict(outcome.Job),
        _ => NotFound(),
    };

    private static IResult NotFound() => Problem.Create(StatusCodes.Status404NotFound, "not-found", "There is no such job.");
}

internal static class RedeliveriesExtensions
{
    public static WebApplicationBuilder AddRedeliveries(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<JobStore>();
        builder.Services.AddSingleton<JobTransitions>();
        builder.Services.AddSingleton<JobPages>();
        return builder;
    }
}
