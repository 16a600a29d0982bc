using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Storage;

namespace Waybill.Simulation.Table;

/// <summary>
/// One table that behaves as DynamoDB is documented to, as far as the services use it: conditional puts and updates, the old item on a
/// failed condition, strongly and eventually consistent reads, and indexes that lag.
/// </summary>
/// <param name="now">Since any fixed moment.</param>
/// <param name="lag">How long a write takes to reach the indexes and eventually consistent readers.</param>
internal sealed class InMemoryTable(Func<TimeSpan> now, Func<TimeSpan> lag)
{
    private readonly Dictionary<(string Partition, string Sort), VersionedItem> _items = [];

    /// <summary>Told of every write that took place, with the item before and after it.</summary>
    public Action<Item?, Item>? Written { get; set; }

    /// <summary>Writes so far, those that nobody asked for included.</summary>
    public long Writes { get; private set; }

    public IEnumerable<Item> Items => _items.Values.Select(versions => versions.Latest).OfType<Item>();

    public GetItemResponse Get(GetItemRequest request)
    {
        var stored = _items.GetValueOrDefault(KeyOf(request.Key));
        return new GetItemResponse { Item = stored is null ? null : Copy(Read(stored, request.ConsistentRead == true)) };
    }

    /// <summary>Of one table: as the services ask.</summary>
    public BatchGetItemResponse Get(BatchGetItemRequest request)
    {
        var (table, keys) = request.RequestItems.Single();
        var items = keys.Keys.Select(key => _items.GetValueOrDefault(KeyOf(key)) is { } stored ? Read(stored, keys.ConsistentRead == true) : null).OfType<Item>().Select(item => new Item(item));
        return new BatchGetItemResponse { Responses = new() { [table] = [.. items] }, UnprocessedKeys = [] };
    }

    public PutItemResponse Put(PutItemRequest request)
    {
        var evaluation = new Evaluation(request.ExpressionAttributeNames, request.ExpressionAttributeValues);
        var old = Meet(request.Item, request.ConditionExpression, evaluation, request.ReturnValuesOnConditionCheckFailure);
        evaluation.ExpectAllUsed();
        Write(request.Item, old, new Item(request.Item));
        return new PutItemResponse { Attributes = request.ReturnValues == ReturnValue.ALL_OLD ? Copy(old) : null };
    }

    public UpdateItemResponse Update(UpdateItemRequest request)
    {
        var update = ExpressionParser.Update(request.UpdateExpression);
        var evaluation = new Evaluation(request.ExpressionAttributeNames, request.ExpressionAttributeValues);
        var old = Meet(request.Key, request.ConditionExpression, evaluation, request.ReturnValuesOnConditionCheckFailure);
        var item = evaluation.Apply(update, old ?? new Item(request.Key));
        evaluation.ExpectAllUsed();
        Write(request.Key, old, item);

        return new UpdateItemResponse
        {
            Attributes = request.ReturnValues == ReturnValue.ALL_OLD ? Copy(old) : request.ReturnValues == ReturnValue.ALL_NEW ? Copy(item) : null,
        };
    }

    public QueryResponse Query(QueryRequest request)
    {
        if (request.IndexName is null)
        {
            return QueryPartition(request);
        }

        var index = TableDefinition.Indexes.Single(index => index.Name == request.IndexName);
        var condition = ExpressionParser.Condition(request.KeyConditionExpression);
        var evaluation = new Evaluation(request.ExpressionAttributeNames, request.ExpressionAttributeValues);

        if (request.ConsistentRead == true)
        {
            throw TableErrors.Validation("Consistent reads are not supported on global secondary indexes");
        }

        var order = Comparer<Item>.Create((one, other) => Order(one, other, index, isBackwards: request.ScanIndexForward == false));

        var found = _items.Values
            .Select(versions => versions.VisibleAt(now()))
            .OfType<Item>()
            .Where(item => item.ContainsKey(index.PartitionKey) && item.ContainsKey(index.SortKey) && evaluation.IsTrue(condition, item))
            .Select(item => KeysOnly(item, index))
            .Order(order)
            .ToList();

        if (request.ExclusiveStartKey is { Count: > 0 } start)
        {
            found = [.. found.Where(item => order.Compare(item, start) > 0)];
        }

        var page = request.Limit is > 0 ? found.Take(request.Limit.Value).ToList() : found;
        return new QueryResponse { Items = page, Count = page.Count, LastEvaluatedKey = page.Count < found.Count ? page[^1] : null };
    }

    /// <summary>Of a partition of the table itself.</summary>
    private QueryResponse QueryPartition(QueryRequest request)
    {
        var condition = ExpressionParser.Condition(request.KeyConditionExpression);
        var evaluation = new Evaluation(request.ExpressionAttributeNames, request.ExpressionAttributeValues);

        var found = _items.Values
            .Select(versions => request.ConsistentRead == true ? versions.Latest : versions.VisibleAt(now()))
            .OfType<Item>()
            .Where(item => evaluation.IsTrue(condition, item))
            .OrderBy(item => item[TableDefinition.SortKey].S, StringComparer.Ordinal)
            .Select(item => new Item(item))
            .ToList();

        if (request.ScanIndexForward == false)
        {
            found.Reverse();
        }

        if (request.ExclusiveStartKey is { Count: > 0 } start)
        {
            found = [.. found.SkipWhile(item => item[TableDefinition.SortKey].S != start[TableDefinition.SortKey].S).Skip(1)];
        }

        var page = request.Limit is > 0 ? found.Take(request.Limit.Value).ToList() : found;
        return new QueryResponse { Items = page, Count = page.Count, LastEvaluatedKey = page.Count < found.Count ? KeyOnly(page[^1]) : null };
    }

    /// <summary>A change that nobody asked for: no condition, and <see cref="Written"/> is not told.</summary>
    /// <param name="item">Null: the item is removed, as DynamoDB does once its time to live has ended.</param>
    public void Impose(Item key, Item? item)
    {
        if (_items.TryGetValue(KeyOf(key), out var versions))
        {
            versions.Write(item, now() + lag());
            Writes++;
        }
    }

    public Item? Find(Item key) => _items.GetValueOrDefault(KeyOf(key))?.Latest;

    /// <summary>The item that the condition was held against; throws when it does not hold.</summary>
    private Item? Meet(Item key, string? condition, Evaluation evaluation, ReturnValuesOnConditionCheckFailure? onFailure)
    {
        var old = _items.GetValueOrDefault(KeyOf(key))?.Latest;

        if (condition is null || evaluation.IsTrue(ExpressionParser.Condition(condition), old))
        {
            return old;
        }

        throw TableErrors.ConditionFailed(onFailure == ReturnValuesOnConditionCheckFailure.ALL_OLD ? Copy(old) : null);
    }

    private void Write(Item key, Item? old, Item item)
    {
        foreach (var (name, type) in TableDefinition.KeyTypes)
        {
            if (item.GetValueOrDefault(name) is { } value && (type == "N" ? value.N : value.S) is null or "")
            {
                throw TableErrors.Validation($"One or more parameter values were invalid: Type mismatch for Index Key {name} Expected: {type}");
            }
        }

        var place = KeyOf(key);

        if (!_items.TryGetValue(place, out var versions))
        {
            _items[place] = versions = new VersionedItem();
        }

        versions.Write(item, now() + lag());
        Writes++;
        Written?.Invoke(old, item);
    }

    /// <summary>Text by its bytes, numbers by their value.</summary>
    private static int CompareSortKeys(Item one, Item other, IndexDefinition index) => TableDefinition.KeyTypes[index.SortKey] == "N"
        ? Number(one[index.SortKey]).CompareTo(Number(other[index.SortKey]))
        : string.CompareOrdinal(one[index.SortKey].S, other[index.SortKey].S);

    private static decimal Number(AttributeValue value) => decimal.Parse(value.N, CultureInfo.InvariantCulture);

    private static int Order(Item one, Item other, IndexDefinition index, bool isBackwards)
    {
        var order = CompareSortKeys(one, other, index);
        order = order != 0 ? order : string.CompareOrdinal(one[TableDefinition.PartitionKey].S, other[TableDefinition.PartitionKey].S);
        return isBackwards ? -order : order;
    }

    private Item? Read(VersionedItem stored, bool isConsistent) => isConsistent ? stored.Latest : stored.VisibleAt(now());

    private static Item KeysOnly(Item item, IndexDefinition index) =>
        new[] { TableDefinition.PartitionKey, TableDefinition.SortKey, index.PartitionKey, index.SortKey }.ToDictionary(name => name, name => item[name]);

    private static Item KeyOnly(Item item) =>
        new[] { TableDefinition.PartitionKey, TableDefinition.SortKey }.ToDictionary(name => name, name => item[name]);

    /// <summary>Attribute values are never changed once made, so a shallow copy is enough.</summary>
    private static Item? Copy(Item? item) => item is null ? null : new Item(item);

    private static (string Partition, string Sort) KeyOf(Item key) => (key[TableDefinition.PartitionKey].S, key[TableDefinition.SortKey].S);
}
