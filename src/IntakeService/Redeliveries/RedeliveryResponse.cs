using System.ComponentModel;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Redeliveries;

namespace Waybill.IntakeService.Redeliveries;

/// <summary>What operators see of a job.</summary>
internal sealed record RedeliveryResponse
{
    /// <summary>As JSON text.</summary>
    public const string Example = """
        {
          "id": "rdj_01m7x9p2bd2cyevzwenvjnwmfr",
          "status": "RUNNING",
          "filter": { "from": "2026-11-20T18:00:00.000Z", "to": "2026-11-20T20:00:00.000Z", "status": "FAILED", "host": "example.com" },
          "ratePerSecond": 50,
          "counts": { "seen": 1200, "matched": 310, "redelivered": 308, "skipped": 2 },
          "progress": 0.25,
          "reached": "2026-11-20T19:30:00.000Z",
          "createdBy": "operations",
          "createdAt": "2026-11-20T20:17:06.927Z",
          "updatedAt": "2026-11-20T20:17:12.104Z"
        }
        """;

    public required string Id { get; init; }

    [Description("RUNNING until it is COMPLETED or CANCELLED.")]
    public required RedeliveryJobStatus Status { get; init; }

    public required RedeliveryResponseFilter Filter { get; init; }

    [Description("Redeliveries a second, at most.")]
    public required int RatePerSecond { get; init; }

    public required RedeliveryCounts Counts { get; init; }

    [Description("How much of the time in which they may have failed, from the job's creation back to the window's start, has been looked at: 0 to 1.")]
    public required double Progress { get; init; }

    [Description("It goes from the job's creation back to the window's start; what failed at this time or later has been looked at.")]
    public required DateTimeOffset Reached { get; init; }

    [Description("Owner name of the key that asked for it.")]
    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    [Description("When it was completed or cancelled.")]
    public DateTimeOffset? FinishedAt { get; init; }

    public static RedeliveryResponse Of(RedeliveryJob job) => new()
    {
        Id = job.Id,
        Status = job.Status,
        Filter = RedeliveryResponseFilter.Of(job.Filter),
        RatePerSecond = job.RatePerSecond,
        Counts = job.Counts,
        Progress = job.Progress,
        Reached = job.Reached,
        CreatedBy = job.CreatedBy,
        CreatedAt = job.CreatedAt,
        UpdatedAt = job.UpdatedAt,
        FinishedAt = job.FinishedAt,
    };
}

/// <param name="Status">FAILED; PENDING of the job that sends what was held while an endpoint was paused.</param>
/// <param name="Owner">Whose; absent for everybody's.</param>
/// <param name="Tenant">Of events of this tenant.</param>
/// <param name="Endpoint">Of events, for this endpoint.</param>
internal sealed record RedeliveryResponseFilter(
    DateTimeOffset From,
    DateTimeOffset To,
    NotificationStatus Status,
    string? Host,
    DeliveryCategory? Category,
    string? Owner,
    string? Tenant,
    string? Endpoint)
{
    public static RedeliveryResponseFilter Of(RedeliveryFilter filter) =>
        new(filter.From, filter.To, filter.Held ? NotificationStatus.Pending : NotificationStatus.Failed, filter.Host, filter.Category, filter.Owner, filter.Tenant, filter.EndpointId);
}

/// <summary>Jobs, newest first.</summary>
internal sealed record RedeliveryListResponse(IReadOnlyList<RedeliveryResponse> Items);
