using Waybill.Notifications.StatusApi;
using Waybill.StatusService.Store;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Recent;

namespace Waybill.StatusService.Queries.Summary;

/// <summary>
/// Counts what has failed for good in a window, and still is so, from the keys of the index of failures: by host and error. Keys have marks for both; what a
/// mark stands for is read from one record of each group.
/// </summary>
internal sealed class FailureCounts(FailedIndex failed, NotificationStore store)
{
    /// <summary>Failures counted for one answer; some 1,500 read units.</summary>
    private const int Most = 100_000;

    private const int MostGroups = 50;

    /// <param name="owner">Null for everybody's.</param>
    public async Task<FailureSummary> ReadAsync(string? owner, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var groups = new Dictionary<(string Authority, string Category, string Error), Group>();
        var hosts = new Dictionary<string, int>(StringComparer.Ordinal);
        var count = 0;
        var since = from;

        await foreach (var (entries, next) in failed.ReadAsync(new IndexScope(owner), RecentPosition.Before(to.ToUnixTimeMilliseconds()), from.ToUnixTimeMilliseconds(), Most, cancellationToken))
        {
            foreach (var entry in entries)
            {
                var key = entry.Failure!;
                count++;
                hosts[key.Authority] = hosts.GetValueOrDefault(key.Authority) + 1;
                groups[(key.Authority, key.Category, key.Error)] = groups.TryGetValue((key.Authority, key.Category, key.Error), out var group) ? group with { Count = group.Count + 1 } : new Group(entry, 1);
            }

            if (count >= Most)
            {
                since = DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(next.Milliseconds, from.ToUnixTimeMilliseconds()));
                break;
            }
        }

        var largest = groups.Values.OrderByDescending(group => group.Count).ThenByDescending(group => group.Newest.Milliseconds).Take(MostGroups).ToArray();
        var read = await store.GetManyAsync(largest.Select(group => group.Newest.Id), cancellationToken);

        return new FailureSummary(count, since, [.. largest.SelectMany(group => Named(group, read))], hosts, [.. read.Unreadable.Values]);
    }

    /// <summary>None for one whose record is being delivered again, or cannot be read: there is a next time.</summary>
    private static IEnumerable<FailureGroup> Named(Group group, RecordsRead read) =>
        read.Records.TryGetValue(group.Newest.Id, out var record) && record.DeliveryResult is { } result
            ? [new FailureGroup(UrlHost.Of(record.Url), result.ErrorDetails?.Code, result.Category, group.Count, DateTimeOffset.FromUnixTimeMilliseconds(group.Newest.Milliseconds), record.Id)]
            : [];

    /// <param name="Newest">The first that was met.</param>
    private sealed record Group(IndexEntry Newest, int Count);
}

/// <param name="Count">Of all failures since <paramref name="Since"/>.</param>
/// <param name="Since">The window's start, unless there were too many.</param>
/// <param name="Groups">The largest first.</param>
/// <param name="ByHost">By <see cref="FailedKey.AuthorityMark"/>.</param>
/// <param name="Unreadable">Among those that were read.</param>
internal sealed record FailureSummary(
    int Count,
    DateTimeOffset Since,
    IReadOnlyList<FailureGroup> Groups,
    IReadOnlyDictionary<string, int> ByHost,
    IReadOnlyList<RecordTroubleException> Unreadable)
{
    public int OfHost(string host) => ByHost.GetValueOrDefault(FailedKey.AuthorityMark(host));
}
