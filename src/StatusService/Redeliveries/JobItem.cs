using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Redeliveries;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Recent;

namespace Waybill.StatusService.Redeliveries;

/// <summary>
/// How a job is stored: one item, in the same table and indexes as notifications, but in a shard of its own. In <c>due</c> it is
/// while it runs, due when nobody works on it; in <c>recent</c> until it expires.
/// </summary>
internal static class JobItem
{
    public static Item Key(string id) => new()
    {
        [StoredNames.Id] = StoredValue.Of(id),
        [StoredNames.Kind] = StoredValue.Of(TableDefinition.JobItem),
    };

    public static Item New(CreateJobRequest request, DateTimeOffset now)
    {
        var filter = request.Filter;
        var item = Key(request.Id);
        item[StoredNames.Status] = StoredValue.Of(RedeliveryJobStatus.Running.Text());
        item[StoredNames.Version] = StoredValue.Of(1);
        item[StoredNames.Owner] = StoredValue.Of(request.CreatedBy);
        item[StoredNames.Job.From] = StoredValue.Of(filter.From);
        item[StoredNames.Job.To] = StoredValue.Of(filter.To);
        item[StoredNames.Job.RatePerSecond] = StoredValue.Of(request.RatePerSecond);
        item[StoredNames.Job.Position] = StoredValue.Of(RecentCursor.Of(filter.From, filter.To).Text());
        item[StoredNames.CreatedShard] = StoredValue.Of(Shards.Jobs);
        item[StoredNames.CreatedAt] = StoredValue.Of(now);
        item[StoredNames.LastUpdatedAt] = StoredValue.Of(now);
        item[StoredNames.DueShard] = StoredValue.Of(Shards.Jobs);
        item[StoredNames.DueAt] = StoredValue.Of(now);
        item.AddIf(StoredNames.Job.Host, filter.Host is { } host ? StoredValue.Of(host) : null);
        item.AddIf(StoredNames.Job.Category, filter.Category is { } category ? StoredValue.Of(category.Text()) : null);

        foreach (var (name, value) in Counts(RedeliveryCounts.None))
        {
            item[name] = value;
        }

        return item;
    }

    public static IEnumerable<KeyValuePair<string, AttributeValue>> Counts(RedeliveryCounts counts) =>
    [
        new(StoredNames.Job.Seen, StoredValue.Of(counts.Seen)),
        new(StoredNames.Job.Matched, StoredValue.Of(counts.Matched)),
        new(StoredNames.Job.Redelivered, StoredValue.Of(counts.Redelivered)),
        new(StoredNames.Job.Skipped, StoredValue.Of(counts.Skipped)),
        new(StoredNames.Job.Unreadable, StoredValue.Of(counts.Unreadable)),
    ];

    public static RedeliveryJob Read(Item item)
    {
        var from = item.RequiredTime(StoredNames.Job.From);
        var position = item.Text(StoredNames.Job.Position);

        return new RedeliveryJob
        {
            Id = item.RequiredText(StoredNames.Id),
            Status = item.RequiredWord<RedeliveryJobStatus>(StoredNames.Status),
            Filter = new RedeliveryFilter(
                from,
                item.RequiredTime(StoredNames.Job.To),
                item.Text(StoredNames.Job.Host),
                item.Word<DeliveryCategory>(StoredNames.Job.Category)),
            RatePerSecond = item.RequiredInt(StoredNames.Job.RatePerSecond),
            CreatedBy = item.RequiredText(StoredNames.Owner),
            Counts = new RedeliveryCounts(
                item.Long(StoredNames.Job.Seen) ?? 0,
                item.Long(StoredNames.Job.Matched) ?? 0,
                item.Long(StoredNames.Job.Redelivered) ?? 0,
                item.Long(StoredNames.Job.Skipped) ?? 0,
                item.Long(StoredNames.Job.Unreadable) ?? 0),
            Position = position,
            Reached = position is null ? from : Cursor(position).Reached,
            Version = item.RequiredInt(StoredNames.Version),
            LeaseToken = item.Text(StoredNames.LeaseToken),
            LeaseUntil = item.Time(StoredNames.LeaseUntil),
            CreatedAt = item.RequiredTime(StoredNames.CreatedAt),
            UpdatedAt = item.RequiredTime(StoredNames.LastUpdatedAt),
            FinishedAt = item.Time(StoredNames.Job.FinishedAt),
        };
    }

    /// <exception cref="FormatException">It is no position of a page.</exception>
    public static RecentCursor Cursor(string position) =>
        RecentCursor.TryParse(position, out var cursor) ? cursor : throw new FormatException($"'{position}' is not a position of a page.");
}
