using System.Buffers.Binary;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Records;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Callbacks;

/// <summary>Reads and writes the plans of callbacks about failures, one item a key. All methods throw <see cref="TableUnavailableException"/>.</summary>
internal sealed class DigestStore(ITableClient dynamoDb, TableCalls table, IOptions<TableOptions> options)
{
    private const string Closed = $"attribute_not_exists(#{StoredNames.Digest.Ids})";

    /// <summary>Of a key about which nothing is open: then its number begins anew.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    /// <summary>Read with strong consistency.</summary>
    public async Task<DigestHead> GetAsync(DigestKey key, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = options.Value.Name, Key = Key(key), ConsistentRead = true, ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL };
        var answer = await table.Call("GetItem", token => dynamoDb.GetItemAsync(request, token), cancellationToken);

        return answer.Item is { } item ? RecordTrouble.Read(item, Read) : DigestHead.None;
    }

    /// <summary>Begins the next callback.</summary>
    /// <returns>False: somebody else has begun one since the head was read.</returns>
    public async Task<bool> OpenAsync(DigestKey key, DigestPlan plan, CancellationToken cancellationToken)
    {
        var update = Update(
            key,
            $"SET #{StoredNames.Digest.Number} = :number, #{StoredNames.Digest.At} = :at, #{StoredNames.Digest.Ids} = :ids, #{StoredNames.Digest.Epochs} = :epochs REMOVE #{StoredNames.ExpiresAt}",
            $"{Closed} AND (#{StoredNames.Digest.Number} = :before OR attribute_not_exists(#{StoredNames.Digest.Number}))",
            (":number", StoredValue.Of(plan.Number)),
            (":at", StoredValue.Of(plan.At)),
            (":ids", StoredValue.Of(NotificationId.Pack([.. plan.Members.Select(member => member.Id)]))),
            (":epochs", StoredValue.Of(Pack([.. plan.Members.Select(member => member.Epoch)]))),
            (":before", StoredValue.Of(plan.Number - 1)));

        // Refused, too, where the answer to an earlier try was lost: then it is found open.
        return (await table.UpdateAsync(dynamoDb, update, cancellationToken)).Applied;
    }

    /// <summary>All that the callback stands for is told; somebody else may have noted that before.</summary>
    public Task CloseAsync(DigestKey key, DigestPlan plan, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var update = Update(
            key,
            $"SET #{StoredNames.ExpiresAt} = :expires REMOVE #{StoredNames.Digest.Ids}, #{StoredNames.Digest.Epochs}",
            $"#{StoredNames.Digest.Number} = :number AND #{StoredNames.Digest.At} = :at",
            (":number", StoredValue.Of(plan.Number)),
            (":at", StoredValue.Of(plan.At)),
            (":expires", StoredValue.OfSeconds(now + KeptFor)));

        return table.UpdateAsync(dynamoDb, update, cancellationToken);
    }

    private UpdateItemRequest Update(DigestKey key, string update, string condition, params (string Name, AttributeValue Value)[] values)
    {
        string[] names = [StoredNames.Digest.Number, StoredNames.Digest.At, StoredNames.Digest.Ids, StoredNames.Digest.Epochs, StoredNames.ExpiresAt];

        return new UpdateItemRequest
        {
            TableName = options.Value.Name,
            Key = Key(key),
            UpdateExpression = update,
            ConditionExpression = condition,
            ExpressionAttributeNames = names.Where(name => $"{update} {condition}".Contains($"#{name}", StringComparison.Ordinal)).ToDictionary(name => $"#{name}", name => name),
            ExpressionAttributeValues = values.ToDictionary(value => value.Name, value => value.Value),
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };
    }

    private static Item Key(DigestKey key) => new()
    {
        [StoredNames.Id] = StoredValue.Of($"{TableDefinition.Digest} {key.Text}"),
        [StoredNames.Kind] = StoredValue.Of(TableDefinition.Digest),
    };

    private static DigestHead Read(Item item)
    {
        var number = item.RequiredInt(StoredNames.Digest.Number);
        var at = item.RequiredTime(StoredNames.Digest.At);

        return new DigestHead(number, at, item.Bytes(StoredNames.Digest.Ids) is { } ids ? new DigestPlan(number, at, Members(ids, item.RequiredBytes(StoredNames.Digest.Epochs))) : null);
    }

    private static DigestMember[] Members(byte[] ids, byte[] epochs) =>
        [.. NotificationId.Unpack(ids).Zip(epochs.Chunk(sizeof(int)).Select(bytes => BinaryPrimitives.ReadInt32BigEndian(bytes)), (id, epoch) => new DigestMember(id, epoch))];

    private static byte[] Pack(IReadOnlyList<int> epochs)
    {
        var bytes = new byte[epochs.Count * sizeof(int)];

        for (var i = 0; i < epochs.Count; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(i * sizeof(int)), epochs[i]);
        }

        return bytes;
    }
}
