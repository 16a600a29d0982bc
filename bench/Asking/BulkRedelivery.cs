using System.Net.Http.Headers;
using Waybill.Bench.Storing;
using Waybill.Bench.Systems;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Redeliveries;
using Waybill.TestSupport;

namespace Waybill.Bench.Asking;

/// <summary>
/// A bulk redelivery of the ten, with the calls that intake makes for one; no intake runs, as its looks for what is due would count. Before each but the
/// first the ten fail again.
/// </summary>
internal sealed class BulkRedelivery : IDisposable
{
    private const int Rate = 50;
    private const double LeaseSeconds = 30;
    private const string Worker = "bench";

    private readonly HttpClient _http;
    private readonly StatusClient _status;
    private readonly RedeliveryClient _jobs;
    private readonly Stored _stored;

    public BulkRedelivery(StatusUnderTest status, Stored stored)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null }) { BaseAddress = status.InternalUrl };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestKeys.Internal);
        _status = new StatusClient(_http, together: true);
        _jobs = new RedeliveryClient(_http);
        _stored = stored;
    }

    private string[] Ids => [.. _stored.Ids[StoredFor.Failures]];

    /// <exception cref="InvalidOperationException">It has not redelivered the ten.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var filter = new RedeliveryFilter(_stored.Set.DayEnd.AddDays(-1), _stored.Set.DayEnd);
        var id = RedeliveryJobId.New(DateTimeOffset.UtcNow);

        await _jobs.CreateAsync(new CreateJobRequest(id, filter, Rate, "operations"), cancellationToken);
        var job = (await _jobs.LeaseAsync(id, new LeaseJobRequest(LeaseSeconds), cancellationToken)).Job!;

        while (job.Status == RedeliveryJobStatus.Running)
        {
            var page = await _jobs.PageAsync(id, Rate, cancellationToken);
            await Task.WhenAll(page.Ids.Select(one => RedeliverAsync(one, job, cancellationToken)));

            var counts = job.Counts with { Redelivered = job.Counts.Redelivered + page.Ids.Count };
            job = (await _jobs.CheckpointAsync(id, new CheckpointRequest(job.LeaseToken!, job.Version, page.Next, counts, LeaseSeconds), cancellationToken)).Job!;
        }

        if (job.Counts.Redelivered != StoredSet.Failures)
        {
            throw new InvalidOperationException($"{job.Counts.Redelivered} were redelivered of the {StoredSet.Failures} that had failed.");
        }
    }

    /// <summary>Those that wait to be delivered are, and fail.</summary>
    public Task FailAgainAsync(CancellationToken cancellationToken) => Task.WhenAll(Ids.Select(id => FailAgainAsync(id, cancellationToken)));

    private async Task FailAgainAsync(string id, CancellationToken cancellationToken)
    {
        if ((await _status.ClaimAsync(id, new ClaimRequest(Worker), cancellationToken)).Claim?.Record is not { } record)
        {
            // It has failed already.
            return;
        }

        var result = Attempt.Result(fails: true, record.NextAttemptNumber, DateTimeOffset.UtcNow);
        await _status.ResultAsync(id, new ResultRequest(record.Lease!.Token, record.Epoch, result, RetryInSeconds: null), cancellationToken);
    }

    private async Task RedeliverAsync(string id, RedeliveryJob job, CancellationToken cancellationToken)
    {
        await _status.RedeliverAsync(id, new RedeliverByJobRequest(job.Id, job.CreatedAt), cancellationToken);
        await _status.QueuedAsync(id, cancellationToken);
    }

    public void Dispose() => _http.Dispose();
}
