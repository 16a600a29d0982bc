using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Storage;

namespace Waybill.LocalAws;

internal sealed class TableProvisioner(IAmazonDynamoDB dynamoDb)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    public async Task ProvisionAsync(string tableName, CancellationToken cancellationToken)
    {
        if (!await Exists(tableName, cancellationToken))
        {
            await dynamoDb.CreateTableAsync(Describe(tableName), cancellationToken);
            await BecomeActive(tableName, cancellationToken);
            await RemoveExpired(tableName, cancellationToken);
        }
    }

    private async Task<bool> Exists(string tableName, CancellationToken cancellationToken)
    {
        try
        {
            await dynamoDb.DescribeTableAsync(tableName, cancellationToken);
            return true;
        }
        catch (ResourceNotFoundException)
        {
            return false;
        }
    }

    /// <summary>A new table takes nothing at first: seconds on AWS, no time in some emulators.</summary>
    private async Task BecomeActive(string tableName, CancellationToken cancellationToken)
    {
        while ((await dynamoDb.DescribeTableAsync(tableName, cancellationToken)).Table.TableStatus != TableStatus.ACTIVE)
        {
            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    private async Task RemoveExpired(string tableName, CancellationToken cancellationToken)
    {
        var request = new UpdateTimeToLiveRequest
        {
            TableName = tableName,
            TimeToLiveSpecification = new TimeToLiveSpecification { AttributeName = TableDefinition.TimeToLiveAttribute, Enabled = true },
        };

        await dynamoDb.UpdateTimeToLiveAsync(request, cancellationToken);
    }

    private static CreateTableRequest Describe(string tableName) => new()
    {
        TableName = tableName,
        BillingMode = TableDefinition.BillingMode,
        KeySchema = Keys(TableDefinition.PartitionKey, TableDefinition.SortKey),
        AttributeDefinitions = [.. TableDefinition.KeyTypes.Select(key => new AttributeDefinition(key.Key, key.Value))],
        GlobalSecondaryIndexes = [.. TableDefinition.Indexes.Select(Describe)],
    };

    private static GlobalSecondaryIndex Describe(IndexDefinition index) => new()
    {
        IndexName = index.Name,
        KeySchema = Keys(index.PartitionKey, index.SortKey),
        Projection = new Projection { ProjectionType = TableDefinition.Projection },
    };

    private static List<KeySchemaElement> Keys(string partition, string sort) =>
        [new(partition, KeyType.HASH), new(sort, KeyType.RANGE)];
}
