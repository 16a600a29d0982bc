using Microsoft.Extensions.Options;
using Waybill.Notifications.Records;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Recent;

namespace Waybill.StatusService.Queries.Summary;

/// <summary>Reads the window from its end to its beginning, until it has seen as many records as it may.</summary>
internal sealed class SummaryMaker(RecentRecords recent, OldestOpen oldestOpen, IOptions<SummaryOptions> options, TimeProvider time)
{
    private const int MostHosts = 50;
    private const int MostInTrouble = 10;
    private const int MostUnreadable = 10;

    /// <param name="owner">Whose notifications; null for everybody's.</param>
    public async Task<SummaryResponse> MakeAsync(DateTimeOffset from, DateTimeOffset to, string? owner, CancellationToken cancellationToken)
    {
        var size = BucketSize.For(to - from);
        var tally = new SummaryTally(size);
        var position = RecentCursor.Of(from, to);
        var unreadable = new List<UnreadableView>();
        var unreadableCount = 0;
        var seen = 0;

        while (!position.IsAtEnd && seen < options.Value.MaxRecords)
        {
            var walk = await recent.WalkAsync(owner, position, int.MaxValue, Count, cancellationToken);
            var visible = walk.Unreadable.Where(trouble => owner is null || trouble.Owner == owner).Select(UnreadableView.Of).ToList();
            unreadable.AddRange(visible.Take(MostUnreadable - unreadable.Count));
            unreadableCount += visible.Count;
            seen += walk.Seen;
            position = walk.End;
        }

        var since = position.IsAtEnd ? from : position.Reached;
        var oldest = await oldestOpen.FindAsync(IsVisible, cancellationToken);
        var hosts = tally.Hosts().OrderByDescending(host => host.Notifications).ThenBy(host => host.Host, StringComparer.Ordinal).ToArray();

        return new SummaryResponse
        {
            From = from,
            To = to,
            MadeAt = time.GetUtcNow(),
            Complete = position.IsAtEnd,
            Since = since,
            Notifications = tally.Notifications,
            ByStatus = tally.ByStatus(),
            ByCategory = tally.ByCategory(),
            ByHost = [.. hosts.Take(MostHosts)],
            HostsInTrouble = [.. hosts.Where(host => InTrouble(host) > 0).OrderByDescending(InTrouble).Take(MostInTrouble)],
            OldestOpen = oldest is null ? null : new OpenNotification(oldest.Id, oldest.Status, UrlHost.Of(oldest.Url), oldest.CreatedAt, oldest.NextAttemptAt),
            UnreadableCount = unreadableCount,
            Unreadable = unreadable.Count == 0 ? null : unreadable,
            BucketSeconds = size.Seconds,
            Series = tally.Series(since, to),
        };

        // Counted when it is read, and not kept.
        bool Count(NotificationRecord record)
        {
            if (IsVisible(record))
            {
                tally.Add(record);
            }

            return false;
        }

        bool IsVisible(NotificationRecord record) => owner is null || string.Equals(record.Owner, owner, StringComparison.Ordinal);
    }

    private static int InTrouble(HostSummary host) => host.Failed + host.WaitingForRetry;
}
