using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Storage;

namespace Waybill.LocalAws;

/// <summary>Makes the table, or gives that of an earlier release the indexes that it has not: what is stored stays.</summary>
internal sealed class TableProvisioner(IAmazonDynamoDB dynamoDb)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    public async Task ProvisionAsync(string tableName, CancellationToken cancellationToken)
    {
        if (await Find(tableName, cancellationToken) is { } table)
        {
            await AddMissingIndexes(table, cancellationToken);
            return;
        }

        await dynamoDb.CreateTableAsync(Describe(tableName), cancellationToken);
        await BecomeActive(tableName, cancellationToken);
        await RemoveExpired(tableName, cancellationToken);
        await NoteNoOlderHours(tableName, cancellationToken);
    }

    private async Task<TableDescription?> Find(string tableName, CancellationToken cancellationToken)
    {
        try
        {
            return (await dynamoDb.DescribeTableAsync(tableName, cancellationToken)).Table;
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }

    /// <summary>A new table, or index, takes nothing at first: seconds on AWS, no time in some emulators.</summary>
    private async Task BecomeActive(string tableName, CancellationToken cancellationToken)
    {
        while (!IsActive((await dynamoDb.DescribeTableAsync(tableName, cancellationToken)).Table))
        {
            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    private static bool IsActive(TableDescription table) =>
        table.TableStatus == TableStatus.ACTIVE
        && (table.GlobalSecondaryIndexes ?? []).TrueForAll(index => index.IndexStatus == IndexStatus.ACTIVE);

    /// <summary>One after the other, as DynamoDB makes no more than one at a time.</summary>
    private async Task AddMissingIndexes(TableDescription table, CancellationToken cancellationToken)
    {
        var present = (table.GlobalSecondaryIndexes ?? []).Select(index => index.IndexName).ToHashSet();
        var attributes = table.AttributeDefinitions;

        foreach (var missing in TableDefinition.Indexes.Where(index => !present.Contains(index.Name)))
        {
            attributes = [.. attributes, .. Attributes([missing.PartitionKey, missing.SortKey]).ExceptBy(attributes.Select(known => known.AttributeName), added => added.AttributeName)];

            var request = new UpdateTableRequest
            {
                TableName = table.TableName,
                AttributeDefinitions = attributes,
                GlobalSecondaryIndexUpdates = [new GlobalSecondaryIndexUpdate { Create = New(missing) }],
            };

            await BecomeActive(table.TableName, cancellationToken);
            await dynamoDb.UpdateTableAsync(request, cancellationToken);
        }

        await BecomeActive(table.TableName, cancellationToken);
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

    /// <summary>A release before 0.2 has never written to this table: without this the status service would look whether one has.</summary>
    private async Task NoteNoOlderHours(string tableName, CancellationToken cancellationToken)
    {
        var now = DateTimeOffset.UtcNow;
        var hour = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerHour));

        var item = new Dictionary<string, AttributeValue>
        {
            [TableDefinition.PartitionKey] = new(TableDefinition.Partitions),
            [TableDefinition.SortKey] = new(TableDefinition.OlderHoursItem),
            [TableDefinition.OlderHoursFrom] = new() { N = "0" },
            [TableDefinition.OlderHoursTo] = new() { N = hour.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) },
        };

        await dynamoDb.PutItemAsync(tableName, item, cancellationToken);
    }

    private static CreateTableRequest Describe(string tableName) => new()
    {
        TableName = tableName,
        BillingMode = TableDefinition.BillingMode,
        KeySchema = Keys(TableDefinition.PartitionKey, TableDefinition.SortKey),
        AttributeDefinitions = Attributes(TableDefinition.KeyTypes.Keys),
        GlobalSecondaryIndexes = [.. TableDefinition.Indexes.Select(Describe)],
    };

    private static GlobalSecondaryIndex Describe(IndexDefinition index) => new()
    {
        IndexName = index.Name,
        KeySchema = Keys(index.PartitionKey, index.SortKey),
        Projection = KeysAlone(),
    };

    private static CreateGlobalSecondaryIndexAction New(IndexDefinition index) => new()
    {
        IndexName = index.Name,
        KeySchema = Keys(index.PartitionKey, index.SortKey),
        Projection = KeysAlone(),
    };

    private static Projection KeysAlone() => new() { ProjectionType = TableDefinition.Projection };

    private static List<AttributeDefinition> Attributes(IEnumerable<string> names) =>
        [.. names.Select(name => new AttributeDefinition(name, TableDefinition.KeyTypes[name]))];

    private static List<KeySchemaElement> Keys(string partition, string sort) =>
        [new(partition, KeyType.HASH), new(sort, KeyType.RANGE)];
}
