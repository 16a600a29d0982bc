using Waybill.Notifications.Records;
using Waybill.StatusService.Counters;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Queries.Summary;

/// <summary>Makes a summary of what was counted in the window, what failed in it, and what is open.</summary>
internal sealed class SummaryMaker(WindowCounts counts, FailureCounts failures, OpenNow open, TimeProvider time)
{
    private const int MostHosts = 50;
    private const int MostInTrouble = 10;
    private const int MostUnreadable = 10;

    /// <param name="owner">Whose notifications; null for everybody's.</param>
    public async Task<SummaryResponse> MakeAsync(DateTimeOffset from, DateTimeOffset to, string? owner, CancellationToken cancellationToken)
    {
        var counting = counts.ReadAsync(owner, from, to, cancellationToken);
        var failing = failures.ReadAsync(owner, from, to, cancellationToken);
        var opening = open.ReadAsync(owner, cancellationToken);
        await Task.WhenAll(counting, failing, opening);

        var (counted, failed, opened) = (await counting, await failing, await opening);
        var size = BucketSize.For(to - from, counted.PieceLength);
        var hosts = Hosts(counted.Total, failed, opened).ToArray();
        var unreadable = opened.Unreadable.Concat(failed.Unreadable).Where(trouble => owner is null || trouble.Owner == owner).DistinctBy(trouble => trouble.Id).ToArray();
        var oldest = opened.Oldest;

        return new SummaryResponse
        {
            From = from,
            To = to,
            MadeAt = time.GetUtcNow(),
            Complete = opened.Complete && failed.Since == from,
            Since = failed.Since,
            Notifications = counted.Total.Accepted,
            Attempts = counted.Total.Attempts,
            Redelivered = counted.Total.Redelivered,
            Open = opened.Total,
            ByStatus = opened.ByStatus(counted.Total.Succeeded, failed.Count),
            ByCategory = ByCategory(counted.Total),
            ByHost = [.. hosts.OrderByDescending(host => host.Notifications).ThenBy(host => host.Host, StringComparer.Ordinal).Take(MostHosts)],
            HostsInTrouble = [.. hosts.Where(host => InTrouble(host) > 0 && host.Host.Length > 0).OrderByDescending(InTrouble).Take(MostInTrouble)],
            Failures = failed.Groups,
            OldestOpen = oldest is null ? null : new OpenNotification(oldest.Id, oldest.Status, UrlHost.Of(oldest.Url), oldest.CreatedAt, oldest.NextAttemptAt),
            UnreadableCount = unreadable.Length,
            Unreadable = unreadable.Length == 0 ? null : [.. unreadable.Take(MostUnreadable).Select(UnreadableView.Of)],
            LatencyP50 = counted.Total.Latency.Percentile(0.5),
            LatencyP90 = counted.Total.Latency.Percentile(0.9),
            LatencyP99 = counted.Total.Latency.Percentile(0.99),
            BucketSeconds = size.Seconds,
            Series = size.Series(counted, from, to),
        };
    }

    private static long InTrouble(HostSummary host) => host.Failed + host.WaitingForRetry;

    private static Dictionary<string, long> ByCategory(Tally total)
    {
        var categories = total.Failed.Select(pair => (Category: DeliveryCategory.Of(pair.Key), Count: pair.Value)).ToList();

        if (total.Succeeded > 0)
        {
            categories.Add((DeliveryCategory.Success, total.Succeeded));
        }

        return categories.OrderBy(one => one.Category, Vocabulary.Order<DeliveryCategory>()).ToDictionary(one => one.Category.Text(), one => one.Count);
    }

    /// <summary>The newest failure, for good or not.</summary>
    private static (string? ErrorCode, DateTimeOffset? At) Last(FailureGroup? failed, DeliveryResult? retried) =>
        retried is not null && !(retried.Timestamp < failed?.LastFailureAt) ? (retried.ErrorDetails?.Code, retried.Timestamp) : (failed?.ErrorCode, failed?.LastFailureAt);

    /// <summary>Those for which something was counted, something failed or something waits.</summary>
    private static IEnumerable<HostSummary> Hosts(Tally total, FailureSummary failed, OpenSummary opened)
    {
        var waiting = opened.WaitingByHost();
        var newest = failed.Groups.GroupBy(group => group.Host, StringComparer.OrdinalIgnoreCase).ToDictionary(host => host.Key, host => host.MaxBy(group => group.LastFailureAt)!, StringComparer.OrdinalIgnoreCase);
        var counted = total.LargestHosts(MostHosts);

        foreach (var host in counted.Keys.Concat(waiting.Keys).Concat(newest.Keys).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var counts = counted.GetValueOrDefault(host) ?? new HostCounts();
            var retried = waiting.GetValueOrDefault(host);
            var (errorCode, failedAt) = Last(newest.GetValueOrDefault(host), retried?.Newest);
            yield return new HostSummary(host, counts.Accepted, counts.Succeeded, failed.OfHost(host), retried?.Count ?? 0, errorCode, failedAt);
        }
    }
}
