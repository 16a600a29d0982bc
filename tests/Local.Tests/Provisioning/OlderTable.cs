using Amazon.DynamoDBv2.Model;
using Waybill.LocalAws;
using Waybill.Notifications.Storage;

namespace Waybill.Local.Tests.Provisioning;

/// <summary>The table as release 0.1 made it, with the two indexes that it had.</summary>
internal static class OlderTable
{
    public static async Task CreateAsync(LocalBackends backends) =>
        await backends.DynamoDbClient.CreateTableAsync(new CreateTableRequest
        {
            TableName = TableDefinition.DefaultName,
            BillingMode = TableDefinition.BillingMode,
            KeySchema = Keys("pk", "sk"),
            AttributeDefinitions = [new("pk", "S"), new("sk", "S"), new("dueShard", "S"), new("dueAt", "N"), new("createdShard", "S"), new("createdAt", "N")],
            GlobalSecondaryIndexes = [Index("due", "dueShard", "dueAt"), Index("recent", "createdShard", "createdAt")],
        });

    private static GlobalSecondaryIndex Index(string name, string partition, string sort) =>
        new() { IndexName = name, KeySchema = Keys(partition, sort), Projection = new Projection { ProjectionType = "KEYS_ONLY" } };

    private static List<KeySchemaElement> Keys(string partition, string sort) => [new(partition, "HASH"), new(sort, "RANGE")];
}
