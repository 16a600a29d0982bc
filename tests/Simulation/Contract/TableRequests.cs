using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Records;
using Waybill.Notifications.Storage;

namespace Waybill.Simulation.Contract;

/// <summary>Requests of the kind that the services make, about items of one test's own.</summary>
public abstract class TableRequests
{
    /// <summary>A shard of the test's own, so that a query finds nothing else.</summary>
    private readonly string _shard = "shard-" + Guid.NewGuid().ToString("N");

    protected string Id { get; } = NotificationId.New(DateTimeOffset.UtcNow);

    protected abstract IAmazonDynamoDB DynamoDb { get; }

    protected async Task<bool> Applies(UpdateItemRequest update)
    {
        try
        {
            await DynamoDb.UpdateItemAsync(update);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    protected async Task<Item?> Read()
    {
        var answer = await DynamoDb.GetItemAsync(new GetItemRequest { TableName = TableDefinition.DefaultName, Key = Key(Id), ConsistentRead = true });
        return answer.IsItemSet ? answer.Item : null;
    }

    protected Task<List<Item>> Due(int until, int limit) => Query(TableDefinition.Due, Number(until), limit);

    /// <summary>What of the test's own an index has, up to a sort key.</summary>
    protected async Task<List<Item>> Query(IndexDefinition index, AttributeValue until, int limit)
    {
        var answer = await DynamoDb.QueryAsync(new QueryRequest
        {
            TableName = TableDefinition.DefaultName,
            IndexName = index.Name,
            KeyConditionExpression = "#shard = :shard AND #sort <= :until",
            ExpressionAttributeNames = new() { ["#shard"] = index.PartitionKey, ["#sort"] = index.SortKey },
            ExpressionAttributeValues = new() { [":shard"] = Text(_shard), [":until"] = until },
            Limit = limit,
        });

        return answer.Items ?? [];
    }

    protected Task Put(string id, int due) => Put(id, TableDefinition.Due, Number(due));

    protected Task Put(string id, IndexDefinition index, AttributeValue sort)
    {
        var item = Key(id);
        item["status"] = Text("PENDING");
        item[index.PartitionKey] = Text(_shard);
        item[index.SortKey] = sort;
        return DynamoDb.PutItemAsync(new PutItemRequest { TableName = TableDefinition.DefaultName, Item = item });
    }

    protected PutItemRequest NewPut(params (string Name, AttributeValue Value)[] attributes)
    {
        var item = Key(Id);

        foreach (var (name, value) in attributes)
        {
            item[name] = value;
        }

        return new PutItemRequest
        {
            TableName = TableDefinition.DefaultName,
            Item = item,
            ConditionExpression = "attribute_not_exists(#pk)",
            ExpressionAttributeNames = new() { ["#pk"] = TableDefinition.PartitionKey },
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
    }

    protected UpdateItemRequest NewUpdate(string update, string condition, string[] names, params (string Name, AttributeValue Value)[] values) => new()
    {
        TableName = TableDefinition.DefaultName,
        Key = Key(Id),
        UpdateExpression = update,
        ConditionExpression = condition,
        ExpressionAttributeNames = names.ToDictionary(name => "#" + name, name => name),
        ExpressionAttributeValues = values.Length == 0 ? null : values.ToDictionary(value => value.Name, value => value.Value),
        ReturnValues = ReturnValue.ALL_OLD,
        ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
    };

    protected static Item Key(string id) => new()
    {
        [TableDefinition.PartitionKey] = Text(id),
        [TableDefinition.SortKey] = Text(TableDefinition.StateItem),
    };

    protected static AttributeValue Text(string text) => new() { S = text };

    protected static AttributeValue Number(int number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    protected static AttributeValue List(params AttributeValue[] values) => new() { L = [.. values], IsLSet = true };
}
