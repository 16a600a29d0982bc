using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Waybill.Notifications.StatusApi.Redeliveries;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Redeliveries;

/// <summary>
/// What can be done to a job: RUNNING at first, leased by one intake service at a time, which notes how far it is, until it is
/// COMPLETED or CANCELLED. Nothing applies to one that is.
/// </summary>
internal sealed class JobTransitions(JobStore store, TimeProvider time, IOptions<TableOptions> options)
{
    public Task<JobOutcome> CreateAsync(CreateJobRequest request, CancellationToken cancellationToken) =>
        store.InsertAsync(JobItem.New(request, time.GetUtcNow()), cancellationToken);

    /// <summary>Applies to a job that nobody works on, or whose lease has ended.</summary>
    public Task<JobOutcome> LeaseAsync(string id, LeaseJobRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var change = Leased(new JobChange(now), now, request.LeaseSeconds)
            .Set(StoredNames.LeaseToken, StoredValue.Of(RandomNumberGenerator.GetHexString(16, lowercase: true)))
            .OnlyIf(StoredNames.DueAt, "<=", StoredValue.Of(now));

        return store.ApplyAsync(id, change, cancellationToken);
    }

    public Task<JobOutcome> CheckpointAsync(string id, CheckpointRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var change = new JobChange(now)
            .OnlyIf(StoredNames.LeaseToken, "=", StoredValue.Of(request.LeaseToken))
            .OnlyIf(StoredNames.Version, "=", StoredValue.Of(request.Version));

        foreach (var (name, value) in JobItem.Counts(request.Counts))
        {
            change.Set(name, value);
        }

        change = request.Position is { } position
            ? Leased(change, now, request.LeaseSeconds).Set(JobItem.PositionName(position), StoredValue.Of(position))
            : Ended(change, now, RedeliveryJobStatus.Completed).Remove(StoredNames.Job.Position, StoredNames.Job.OlderPosition);

        return store.ApplyAsync(id, change, cancellationToken);
    }

    public Task<JobOutcome> CancelAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return store.ApplyAsync(id, Ended(new JobChange(now), now, RedeliveryJobStatus.Cancelled), cancellationToken);
    }

    private static JobChange Leased(JobChange change, DateTimeOffset now, double seconds)
    {
        var until = StoredValue.Of(now + TimeSpan.FromSeconds(seconds));

        return change
            .Set(StoredNames.LeaseUntil, until)
            .Set(StoredNames.DueAt, until);
    }

    private JobChange Ended(JobChange change, DateTimeOffset now, RedeliveryJobStatus status) =>
        change
            .Set(StoredNames.Status, StoredValue.Of(status.Text()))
            .Set(StoredNames.Job.FinishedAt, StoredValue.Of(now))
            .Set(StoredNames.ExpiresAt, StoredValue.OfSeconds(now.AddDays(options.Value.RetentionDays)))
            .Remove(StoredNames.DueShard, StoredNames.DueAt, StoredNames.LeaseToken, StoredNames.LeaseUntil)
            .Remove(StoredNames.Job.PageAt, StoredNames.Job.PageNext, StoredNames.Job.PageIds, StoredNames.Job.PageSeen, StoredNames.Job.PageUnreadable);
}
