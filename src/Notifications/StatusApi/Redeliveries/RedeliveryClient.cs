using System.Globalization;
using System.Net;
using System.Text.Json.Serialization.Metadata;
using Waybill.Notifications.Json;
using Waybill.Notifications.Storage;

namespace Waybill.Notifications.StatusApi.Redeliveries;

/// <summary>Asks the status service about bulk redeliveries. All methods throw <see cref="StatusUnavailableException"/> when it gives no answer, and <see cref="RecordTroubleException"/> when a job's own item is the trouble.</summary>
public sealed class RedeliveryClient(HttpClient http)
{
    private static readonly NotificationsJson Json = NotificationsJson.Default;

    private readonly StatusCalls _calls = new(http);

    /// <returns>The job, as it was stored by this call or by an earlier try of it.</returns>
    public async Task<RedeliveryJob> CreateAsync(CreateJobRequest request, CancellationToken cancellationToken)
    {
        var outcome = await Ask(request.Id, RedeliveryRoutes.All, request, Json.CreateJobRequest, cancellationToken);
        return outcome.Job ?? throw new StatusUnavailableException("The status service does not know a job that it was to store.");
    }

    /// <summary>The newest jobs, newest first.</summary>
    public Task<RedeliveryJobs> RecentAsync(int limit, CancellationToken cancellationToken) =>
        _calls.Get($"{RedeliveryRoutes.All}?limit={Text(limit)}", Json.RedeliveryJobs, cancellationToken);

    /// <summary>Ids of jobs that run and that nobody works on, the longest waiting first.</summary>
    public async Task<IReadOnlyList<string>> WaitingAsync(int limit, CancellationToken cancellationToken)
    {
        var due = await _calls.Get(StatusRoutes.DueIn(Shards.Jobs, limit, null), Json.DueResponse, cancellationToken);

        return [.. due.Items.Select(item => item.Id)];
    }

    /// <summary>The job, read with strong consistency; null when there is none.</summary>
    public async Task<RedeliveryJob?> GetAsync(string id, CancellationToken cancellationToken)
    {
        var answer = await _calls.Send(HttpMethod.Get, RedeliveryRoutes.Of(id), default, cancellationToken);

        return answer.Status switch
        {
            HttpStatusCode.OK => answer.Read(Json.RedeliveryJob, id),
            HttpStatusCode.NotFound => null,
            _ => throw answer.Unexpected(id),
        };
    }

    public Task<JobOutcome> LeaseAsync(string id, LeaseJobRequest request, CancellationToken cancellationToken) =>
        Ask(id, RedeliveryRoutes.Of(id, RedeliveryRoutes.Lease), request, Json.LeaseJobRequest, cancellationToken);

    /// <summary>What comes at the job's position. Asked again there, it is the same page, less what was redelivered of it.</summary>
    public Task<RedeliveryPage> PageAsync(string id, int limit, CancellationToken cancellationToken) =>
        _calls.Get($"{RedeliveryRoutes.Of(id, RedeliveryRoutes.Page)}?limit={Text(limit)}", Json.RedeliveryPage, cancellationToken);

    public Task<JobOutcome> CheckpointAsync(string id, CheckpointRequest request, CancellationToken cancellationToken) =>
        Ask(id, RedeliveryRoutes.Of(id, RedeliveryRoutes.Checkpoint), request, Json.CheckpointRequest, cancellationToken);

    public Task<JobOutcome> CancelAsync(string id, CancellationToken cancellationToken) =>
        Ask<object>(id, RedeliveryRoutes.Of(id, RedeliveryRoutes.Cancel), null, null, cancellationToken);

    private async Task<JobOutcome> Ask<T>(string id, string path, T? body, JsonTypeInfo<T>? type, CancellationToken cancellationToken)
    {
        var answer = await _calls.Send(HttpMethod.Post, path, StatusCalls.Json(body, type), cancellationToken);

        var (applied, now) = answer.ReadOutcome(Json.RedeliveryJob, id);

        return new JobOutcome(applied, now);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
