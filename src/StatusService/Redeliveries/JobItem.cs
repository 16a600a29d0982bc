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
        item[StoredNames.Job.Position] = StoredValue.Of(Filter(filter).Start(now).Text());
        item.AddIf(StoredNames.Job.OlderPosition, filter.IsNarrowerThanBefore ? null : StoredValue.Of(OlderStart(filter).Text()));
        item[StoredNames.CreatedShard] = StoredValue.Of(Shards.Jobs);
        item[StoredNames.CreatedAt] = StoredValue.Of(now);
        item[StoredNames.LastUpdatedAt] = StoredValue.Of(now);
        item[StoredNames.DueShard] = StoredValue.Of(Shards.Jobs);
        item[StoredNames.DueAt] = StoredValue.Of(now);
        item.AddIf(StoredNames.Job.Host, filter.Host is { } host ? StoredValue.Of(host) : null);
        item.AddIf(StoredNames.Job.Category, filter.Category is { } category ? StoredValue.Of(category.Text()) : null);
        item.AddIf(StoredNames.Job.FilterOwner, filter.Owner is { } owner ? StoredValue.Of(owner) : null);
        item.AddIf(StoredNames.Job.FilterTenant, filter.Tenant is { } tenant ? StoredValue.Of(tenant) : null);
        item.AddIf(StoredNames.Job.Held, filter.Held ? StoredValue.Of(1) : null);
        item.AddIf(StoredNames.Job.FilterEndpoint, filter.EndpointId is { } endpoint ? StoredValue.Of(endpoint) : null);

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
        var createdAt = item.RequiredTime(StoredNames.CreatedAt);
        var position = item.Text(StoredNames.Job.Position) ?? item.Text(StoredNames.Job.OlderPosition);

        return new RedeliveryJob
        {
            Id = item.RequiredText(StoredNames.Id),
            Status = item.RequiredWord<RedeliveryJobStatus>(StoredNames.Status),
            Filter = new RedeliveryFilter(
                from,
                item.RequiredTime(StoredNames.Job.To),
                item.Text(StoredNames.Job.Host),
                item.Word<DeliveryCategory>(StoredNames.Job.Category),
                item.Text(StoredNames.Job.FilterOwner),
                item.Text(StoredNames.Job.FilterTenant),
                item.Text(StoredNames.Job.FilterEndpoint),
                item.ContainsKey(StoredNames.Job.Held)),
            RatePerSecond = item.RequiredInt(StoredNames.Job.RatePerSecond),
            CreatedBy = item.RequiredText(StoredNames.Owner),
            Counts = new RedeliveryCounts(
                item.Long(StoredNames.Job.Seen) ?? 0,
                item.Long(StoredNames.Job.Matched) ?? 0,
                item.Long(StoredNames.Job.Redelivered) ?? 0,
                item.Long(StoredNames.Job.Skipped) ?? 0,
                item.Long(StoredNames.Job.Unreadable) ?? 0),
            Position = position,
            Reached = position is null ? from : Earlier(Cursor(position).Reached, createdAt),
            Version = item.RequiredInt(StoredNames.Version),
            LeaseToken = item.Text(StoredNames.LeaseToken),
            LeaseUntil = item.Time(StoredNames.LeaseUntil),
            CreatedAt = createdAt,
            UpdatedAt = item.RequiredTime(StoredNames.LastUpdatedAt),
            FinishedAt = item.Time(StoredNames.Job.FinishedAt),
        };
    }

    public static StoredJob ReadWithPage(Item item)
    {
        var at = item.Text(StoredNames.Job.PageAt);

        var page = at is null ? null : new NotedPage(
            at,
            item.Text(StoredNames.Job.PageNext),
            [.. item.Texts(StoredNames.Job.PageIds)],
            item.Int(StoredNames.Job.PageSeen) ?? 0,
            [.. item.Texts(StoredNames.Job.PageUnreadable)]);

        return new StoredJob(Read(item), page);
    }

    /// <summary>The names of a page's parts, with their values; one without a value is left out of the item.</summary>
    public static IReadOnlyList<(string Name, AttributeValue? Value)> Page(NotedPage page) =>
    [
        (StoredNames.Job.PageAt, StoredValue.Of(page.At)),
        (StoredNames.Job.PageNext, page.Next is { } next ? StoredValue.Of(next) : null),
        (StoredNames.Job.PageIds, StoredValue.Of(page.Ids.Select(StoredValue.Of))),
        (StoredNames.Job.PageSeen, StoredValue.Of(page.Seen)),
        (StoredNames.Job.PageUnreadable, StoredValue.Of(page.Unreadable.Select(StoredValue.Of))),
    ];

    /// <summary>What is looked for: what has failed for good, or what is open and may be held.</summary>
    public static RecordFilter Filter(RedeliveryFilter filter) => new()
    {
        From = filter.From,
        To = filter.To,
        Status = filter.Held ? NotificationStatus.Pending : NotificationStatus.Failed,
        Final = !filter.Held,
        Category = filter.Category,
        Host = filter.Host,
        Owner = filter.Owner,
        Tenant = filter.Tenant,
        EndpointId = filter.EndpointId,
    };

    /// <summary>Under which name a position is stored: a release before 0.2 cannot read those of the other ways.</summary>
    public static string PositionName(string position) =>
        Cursor(position).Step == WalkStep.Recent ? StoredNames.Job.OlderPosition : StoredNames.Job.Position;

    /// <exception cref="FormatException">It is no position of a page.</exception>
    public static WalkCursor Cursor(string position) =>
        WalkCursor.TryParse(position, out var cursor) ? cursor : throw new FormatException($"'{position}' is not a position of a page.");

    /// <summary>Where such a release would begin: what was redelivered meanwhile it passes over.</summary>
    private static WalkCursor OlderStart(RedeliveryFilter filter) =>
        new(WalkStep.Recent, filter.From.ToUnixTimeMilliseconds(), filter.To.ToUnixTimeMilliseconds(), RecentPosition.Before(filter.To.ToUnixTimeMilliseconds()));

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
