using System.Security.Claims;
using Waybill.Notifications.Records;
using Waybill.ServiceDefaults.Authentication;
using Waybill.StatusService.Store;

namespace Waybill.StatusService.Queries.Listing;

/// <summary>
/// Walks the index from newest to oldest and keeps the records that the caller may see and the filters take. The index holds
/// keys only, so each record is read to be judged; what one request reads is bounded, and its cursor says where it stopped.
/// </summary>
internal sealed class NotificationList(RecentIndex index, NotificationStore store)
{
    /// <summary>Reads of the index in one request, each an hour or a part of one; more than a day's, which is the default window.</summary>
    private const int MaxIndexReads = 32;

    /// <summary>Records read in one request, about.</summary>
    private const int MaxRecords = 1000;

    /// <summary>Records in one read: enough to be worth a call, and no more than DynamoDB takes.</summary>
    private const int FewestTogether = 25;
    private const int MostTogether = 100;

    public async Task<ListAnswer> ReadAsync(ListQuery query, ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        var items = new List<NotificationView>();
        var position = query.Start;
        var records = 0;

        for (var reads = 0; reads < MaxIndexReads && records < MaxRecords && items.Count < query.Limit && !position.IsAtEnd; reads++)
        {
            var (entries, next) = await index.ReadAsync(position.Position, position.From, cancellationToken);
            var taken = await TakeAsync(entries, query, caller, items, cancellationToken);

            records += taken;
            position = position with { Position = taken == entries.Count ? next : RecentPosition.After(entries[taken - 1]) };
        }

        return new ListAnswer(items, position.IsAtEnd ? null : position.Text());
    }

    /// <returns>How many entries were judged until the page was full.</returns>
    private async Task<int> TakeAsync(
        IReadOnlyList<RecentEntry> entries,
        ListQuery query,
        ClaimsPrincipal caller,
        List<NotificationView> items,
        CancellationToken cancellationToken)
    {
        var judged = 0;

        while (judged < entries.Count && items.Count < query.Limit)
        {
            var count = Math.Clamp(query.Limit - items.Count, FewestTogether, MostTogether);
            var together = entries.Skip(judged).Take(count).ToArray();
            var records = await store.GetManyAsync(together.Select(entry => entry.Id), cancellationToken);

            foreach (var entry in together.TakeWhile(_ => items.Count < query.Limit))
            {
                judged++;

                if (records.TryGetValue(entry.Id, out var record) && caller.MaySee(record.Owner) && query.Takes(record))
                {
                    items.Add(NotificationView.Of(record));
                }
            }
        }

        return judged;
    }
}
