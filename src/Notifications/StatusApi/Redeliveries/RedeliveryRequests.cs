using System.Text.Json.Serialization;

namespace Waybill.Notifications.StatusApi.Redeliveries;

/// <summary>Stores a new job.</summary>
public sealed record CreateJobRequest(
    [property: JsonRequired] string Id,
    [property: JsonRequired] RedeliveryFilter Filter,
    [property: JsonRequired] int RatePerSecond,
    [property: JsonRequired] string CreatedBy);

/// <param name="LeaseSeconds">How long nobody else may work on it.</param>
public sealed record LeaseJobRequest([property: JsonRequired] double LeaseSeconds);

/// <summary>Notes how far a job is. Applies only with the lease's token and the version that was read.</summary>
/// <param name="Position">Where the next page starts, from the page before; null when there is none, and the job is completed.</param>
/// <param name="LeaseSeconds">From now on; a short one gives the job up until then.</param>
public sealed record CheckpointRequest(
    [property: JsonRequired] string LeaseToken,
    [property: JsonRequired] int Version,
    string? Position,
    [property: JsonRequired] RedeliveryCounts Counts,
    [property: JsonRequired] double LeaseSeconds);

/// <summary>What a job is to redeliver next.</summary>
/// <param name="Next">Where the page after it starts; null when this is the last.</param>
/// <param name="Ids">To be redelivered.</param>
/// <param name="AlreadyRedelivered">On this page, by this very job, before it could note how far it was.</param>
/// <param name="Seen">Notifications that were looked at to find them.</param>
/// <param name="Unreadable">Ids of those among them that cannot be read; null when there are none.</param>
public sealed record RedeliveryPage(
    string? Next,
    [property: JsonRequired] IReadOnlyList<string> Ids,
    [property: JsonRequired] int AlreadyRedelivered,
    [property: JsonRequired] int Seen,
    IReadOnlyList<string>? Unreadable = null);

public sealed record RedeliveryJobs([property: JsonRequired] IReadOnlyList<RedeliveryJob> Items);

/// <param name="Applied">True: it was written, and the job shows it.</param>
/// <param name="Job">As it is now; null when there is none.</param>
public sealed record JobOutcome(bool Applied, RedeliveryJob? Job);
