using System.ComponentModel;
using Waybill.Notifications.Records;

namespace Waybill.StatusService.Queries.Summary;

/// <summary>What became of the notifications that were created in a window of time; a client's own, or for an operator everybody's.</summary>
internal sealed record SummaryResponse
{
    /// <summary>As JSON text.</summary>
    public const string Example = """
        {
          "from": "2026-11-20T19:00:00.000Z",
          "to": "2026-11-20T20:00:00.000Z",
          "madeAt": "2026-11-20T20:00:01.250Z",
          "complete": true,
          "since": "2026-11-20T19:00:00.000Z",
          "notifications": 3,
          "byStatus": { "pending": 0, "queued": 1, "processing": 0, "success": 1, "failed": 1, "waitingForRetry": 0 },
          "byCategory": { "SUCCESS": 1, "CLIENT_ERROR": 1 },
          "byHost": [{ "host": "example.com", "notifications": 3, "succeeded": 1, "failed": 1, "waitingForRetry": 0, "lastErrorCode": "http_404", "lastFailureAt": "2026-11-20T19:20:00.000Z" }],
          "hostsInTrouble": [],
          "oldestOpen": { "id": "ntf_01m7x9p2bd2cyevzwenvjnwmfr", "status": "QUEUED", "host": "example.com", "createdAt": "2026-11-20T19:59:59.900Z" },
          "unreadableCount": 0,
          "bucketSeconds": 3600,
          "series": [{ "start": "2026-11-20T19:00:00.000Z", "accepted": 3, "succeeded": 1, "failed": 1, "latencyP50": 31.5, "latencyP99": 31.5 }]
        }
        """;

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    [Description("When it was made; the answer is kept for a few seconds.")]
    public required DateTimeOffset MadeAt { get; init; }

    [Description("False: there are more notifications in the window than are looked at for one summary, and it is of the newest only.")]
    public required bool Complete { get; init; }

    [Description("The summary is of what was created at this time or later; 'from' when it is complete.")]
    public required DateTimeOffset Since { get; init; }

    public required int Notifications { get; init; }

    public required StatusCounts ByStatus { get; init; }

    [Description("By category of the last result: what has had none yet is in no category.")]
    public required IReadOnlyDictionary<string, int> ByCategory { get; init; }

    [Description("The 50 hosts with the most notifications.")]
    public required IReadOnlyList<HostSummary> ByHost { get; init; }

    [Description("The 10 hosts with the most that failed or wait for a retry, and have at least one; those first.")]
    public required IReadOnlyList<HostSummary> HostsInTrouble { get; init; }

    [Description("Of all that are open and not scheduled for later, whenever they were created, the one created first; null when there is none.")]
    public OpenNotification? OldestOpen { get; init; }

    [Description("Notifications in the window that are stored, but cannot be read; no other figure has them.")]
    public required int UnreadableCount { get; init; }

    [Description("The newest 10 of those.")]
    public IReadOnlyList<UnreadableView>? Unreadable { get; init; }

    [Description("Length of each bucket of the series, in seconds.")]
    public required int BucketSeconds { get; init; }

    [Description("The window in pieces, oldest first, without gaps; the first and the last may be cut short by the window.")]
    public required IReadOnlyList<SummaryBucket> Series { get; init; }
}

/// <summary>Counts by status; what waits for its retry is FAILED too, and is counted there and by itself.</summary>
internal sealed record StatusCounts(int Pending, int Queued, int Processing, int Success, int Failed)
{
    [Description("Of those that are FAILED, the ones that wait for their next attempt.")]
    public required int WaitingForRetry { get; init; }

    [Description("By status, those in one that this release does not know: another release has written it.")]
    public IReadOnlyDictionary<string, int>? Other { get; init; }
}

/// <param name="Host">With its port, unless that is the scheme's own.</param>
/// <param name="Notifications">All of them.</param>
/// <param name="Succeeded">SUCCESS.</param>
/// <param name="Failed">FAILED for good.</param>
/// <param name="WaitingForRetry">FAILED, and waiting for their next attempt.</param>
/// <param name="LastErrorCode">Of the failure that is the newest; null when there is none.</param>
/// <param name="LastFailureAt">When that was recorded.</param>
internal sealed record HostSummary(
    string Host,
    int Notifications,
    int Succeeded,
    int Failed,
    int WaitingForRetry,
    string? LastErrorCode,
    DateTimeOffset? LastFailureAt);

internal sealed record OpenNotification(string Id, NotificationStatus Status, string Host, DateTimeOffset CreatedAt, DateTimeOffset? NextAttemptAt);

/// <summary>What was created in a piece of the window, and what has become of it since.</summary>
/// <param name="Start">Its beginning.</param>
/// <param name="Accepted">Notifications created in it.</param>
/// <param name="Succeeded">Of those, the ones delivered.</param>
/// <param name="Failed">Of those, the ones that failed for good.</param>
/// <param name="LatencyP50">Milliseconds from creation to delivery that half of the delivered ones took at most; null when there are none.</param>
/// <param name="LatencyP99">The same for 99 of 100.</param>
internal sealed record SummaryBucket(DateTimeOffset Start, int Accepted, int Succeeded, int Failed, double? LatencyP50, double? LatencyP99);
