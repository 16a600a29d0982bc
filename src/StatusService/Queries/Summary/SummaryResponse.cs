using System.ComponentModel;
using Waybill.Notifications.Records;

namespace Waybill.StatusService.Queries.Summary;

/// <summary>What happened in a window of time, and what is open now, to a client's own notifications, or for an operator to everybody's.</summary>
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
          "attempts": 2,
          "redelivered": 0,
          "open": 1,
          "byStatus": { "pending": 0, "queued": 1, "processing": 0, "success": 1, "failed": 1, "waitingForRetry": 0 },
          "byCategory": { "SUCCESS": 1, "CLIENT_ERROR": 1 },
          "byHost": [{ "host": "example.com", "notifications": 3, "succeeded": 1, "failed": 1, "waitingForRetry": 0, "lastErrorCode": "http_404", "lastFailureAt": "2026-11-20T19:20:00.000Z" }],
          "hostsInTrouble": [{ "host": "example.com", "notifications": 3, "succeeded": 1, "failed": 1, "waitingForRetry": 0, "lastErrorCode": "http_404", "lastFailureAt": "2026-11-20T19:20:00.000Z" }],
          "failures": [{ "host": "example.com", "errorCode": "http_404", "category": "CLIENT_ERROR", "count": 1, "lastFailureAt": "2026-11-20T19:20:00.000Z", "lastId": "ntf_01m7x9p2bd2cyevzwenvjnwmfr" }],
          "oldestOpen": { "id": "ntf_01m7x9p2bd2cyevzwenvjnwmfr", "status": "QUEUED", "host": "example.com", "createdAt": "2026-11-20T19:59:59.900Z" },
          "unreadableCount": 0,
          "latencyP50": 31.5,
          "latencyP90": 31.5,
          "latencyP99": 31.5,
          "bucketSeconds": 3600,
          "series": [{ "start": "2026-11-20T19:00:00.000Z", "accepted": 3, "succeeded": 1, "failed": 1, "attempts": 2, "latencyP50": 31.5, "latencyP90": 31.5, "latencyP99": 31.5 }]
        }
        """;

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    [Description("When it was made; the answer is kept for seconds, the longer the more was read for it.")]
    public required DateTimeOffset MadeAt { get; init; }

    [Description("False: more notifications are open, or have failed, than are looked at for one summary. Figures of those are then too low, but for 'open' for an operator.")]
    public required bool Complete { get; init; }

    [Description("Failures are those of this time or later; 'from', unless there are too many.")]
    public required DateTimeOffset Since { get; init; }

    [Description("Accepted in the window. Figures of what happened are counted by whole minutes, in windows of more than six hours or long ago by hours.")]
    public required long Notifications { get; init; }

    [Description("Calls of receivers that were made in the window.")]
    public required long Attempts { get; init; }

    [Description("Final notifications that were set to be delivered again in the window.")]
    public required long Redelivered { get; init; }

    [Description("Not final now, whenever they were created.")]
    public required long Open { get; init; }

    public required StatusCounts ByStatus { get; init; }

    [Description("Notifications that became final in the window, by category of their result.")]
    public required IReadOnlyDictionary<string, long> ByCategory { get; init; }

    [Description("The 50 hosts with the most notifications; those without a place among the largest are together, under an empty name.")]
    public required IReadOnlyList<HostSummary> ByHost { get; init; }

    [Description("The 10 hosts with the most that failed or wait for a retry, and have at least one; those first.")]
    public required IReadOnlyList<HostSummary> HostsInTrouble { get; init; }

    [Description("What failed for good in the window and still is so, by host, error and category, the most first; 50 at most.")]
    public required IReadOnlyList<FailureGroup> Failures { get; init; }

    [Description("Of all that are open and not scheduled for later, whenever they were created, the one created first; null when there is none.")]
    public OpenNotification? OldestOpen { get; init; }

    [Description("Notifications that are stored, but cannot be read, among the open ones and the failures that were looked at.")]
    public required int UnreadableCount { get; init; }

    [Description("The newest 10 of those.")]
    public IReadOnlyList<UnreadableView>? Unreadable { get; init; }

    [Description("Milliseconds from acceptance, or the time it was scheduled for, to delivery that half of what was delivered in the window took at most, within 10 %; null without any.")]
    public double? LatencyP50 { get; init; }

    [Description("The same for 90 of 100.")]
    public double? LatencyP90 { get; init; }

    [Description("The same for 99 of 100.")]
    public double? LatencyP99 { get; init; }

    [Description("Length of each bucket of the series, in seconds.")]
    public required int BucketSeconds { get; init; }

    [Description("The window in pieces, oldest first, without gaps; the first and the last may be cut short by the window.")]
    public required IReadOnlyList<SummaryBucket> Series { get; init; }
}

/// <summary>Counts by status: what is open now, whenever it was created; and what was delivered (counted) and has failed for good (exactly) in the window.</summary>
internal sealed record StatusCounts(int Pending, int Queued, int Processing, long Success, long Failed)
{
    [Description("FAILED, and waiting for their next attempt; none of the failed ones.")]
    public required int WaitingForRetry { get; init; }

    [Description("By status, open ones in one that this release does not know: another release has written it.")]
    public IReadOnlyDictionary<string, int>? Other { get; init; }
}

/// <param name="Host">With its port, unless that is the scheme's own.</param>
/// <param name="Notifications">Accepted in the window.</param>
/// <param name="Succeeded">Delivered in it.</param>
/// <param name="Failed">Failed for good in it, and still so.</param>
/// <param name="WaitingForRetry">FAILED, and waiting for their next attempt now.</param>
/// <param name="LastErrorCode">Of the failure that is the newest; null when there is none.</param>
/// <param name="LastFailureAt">When that was recorded.</param>
internal sealed record HostSummary(
    string Host,
    long Notifications,
    long Succeeded,
    long Failed,
    int WaitingForRetry,
    string? LastErrorCode,
    DateTimeOffset? LastFailureAt);

/// <param name="Host">With its port, unless that is the scheme's own.</param>
/// <param name="ErrorCode">Null where the result has no error.</param>
/// <param name="LastFailureAt">When the newest of them failed.</param>
/// <param name="LastId">Of that one.</param>
internal sealed record FailureGroup(string Host, string? ErrorCode, DeliveryCategory Category, int Count, DateTimeOffset LastFailureAt, string LastId);

internal sealed record OpenNotification(string Id, NotificationStatus Status, string Host, DateTimeOffset CreatedAt, DateTimeOffset? NextAttemptAt);

/// <summary>What happened in a piece of the window.</summary>
/// <param name="Start">Its beginning.</param>
/// <param name="Accepted">Notifications accepted in it.</param>
/// <param name="Succeeded">Delivered in it.</param>
/// <param name="Failed">Failed for good in it.</param>
/// <param name="Attempts">Calls made in it.</param>
/// <param name="LatencyP50">Milliseconds from acceptance to delivery that half of the delivered ones took at most, within 10 %; null when there are none.</param>
/// <param name="LatencyP90">The same for 90 of 100.</param>
/// <param name="LatencyP99">The same for 99 of 100.</param>
internal sealed record SummaryBucket(
    DateTimeOffset Start,
    long Accepted,
    long Succeeded,
    long Failed,
    long Attempts,
    double? LatencyP50,
    double? LatencyP90,
    double? LatencyP99);
