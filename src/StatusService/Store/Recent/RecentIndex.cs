using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Store.Recent;

/// <summary>
/// The index of all records, by time of creation. Before 0.2 its partitions were hours of all owners, and no directory had them: where such a
/// release was at work, those are read too.
/// </summary>
internal sealed class RecentIndex(ITableClient dynamoDb, TableCalls table, PartitionDirectory directory, OlderHours older, IOptions<TableOptions> options)
    : TimeIndex(TableDefinition.Recent, dynamoDb, table, directory, options)
{
    protected override AttributeValue First(long milliseconds) => StoredValue.Of(milliseconds);

    protected override AttributeValue Last(long milliseconds) => StoredValue.Of(milliseconds);

    protected override IndexEntry Read(Item item) =>
        new(item.RequiredText(StoredNames.Id), item.RequiredTime(StoredNames.CreatedAt).ToUnixTimeMilliseconds());

    protected override async IAsyncEnumerable<IndexHour> HoursAsync(
        string? owner,
        DateTimeOffset oldest,
        DateTimeOffset newest,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var others = new Queue<DateTimeOffset>(await older.InAsync(oldest, newest, cancellationToken));

        await foreach (var hour in base.HoursAsync(owner, oldest, newest, cancellationToken))
        {
            while (others.TryPeek(out var other) && other > hour.Start)
            {
                yield return Older(others.Dequeue());
            }

            yield return others.TryPeek(out var same) && same == hour.Start
                ? hour with { Partitions = [.. hour.Partitions, .. Older(others.Dequeue()).Partitions] }
                : hour;
        }

        while (others.TryDequeue(out var other))
        {
            yield return Older(other);
        }
    }

    private static IndexHour Older(DateTimeOffset hour) => new(hour, Shards.CreatedIn(hour));
}
