using Amazon.DynamoDBv2.Model;
using Waybill.LocalAws;
using Waybill.Notifications.Storage;

namespace Waybill.Local.Tests.Provisioning;

/// <summary>The table as an earlier release made it.</summary>
internal static class OlderTable
{
    /// <summary>Of release 0.1, with the two indexes that it had.</summary>
    public static Task CreateAsync(LocalBackends backends) => CreateAsync(backends, [TableDefinition.Due, TableDefinition.Recent]);

    public static async Task CreateAsync(LocalBackends backends, IEnumerable<IndexDefinition> indexes)
    {
        IndexDefinition[] all = [.. indexes];
        string[] keys = ["pk", "sk", .. all.SelectMany(index => new[] { index.PartitionKey, index.SortKey }).Distinct()];

        await backends.DynamoDbClient.CreateTableAsync(new CreateTableRequest
        {
            TableName = TableDefinition.DefaultName,
            BillingMode = TableDefinition.BillingMode,
            KeySchema = Keys("pk", "sk"),
            AttributeDefinitions = [.. keys.Select(key => new AttributeDefinition(key, key is "dueAt" or "createdAt" ? "N" : "S"))],
            GlobalSecondaryIndexes = [.. all.Select(index => Index(index.Name, index.PartitionKey, index.SortKey))],
        });
    }

    private static GlobalSecondaryIndex Index(string name, string partition, string sort) =>
        new() { IndexName = name, KeySchema = Keys(partition, sort), Projection = new Projection { ProjectionType = "KEYS_ONLY" } };

    private static List<KeySchemaElement> Keys(string partition, string sort) => [new(partition, "HASH"), new(sort, "RANGE")];
}
