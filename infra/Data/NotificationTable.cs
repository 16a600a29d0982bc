using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.KMS;
using Constructs;
using Waybill.Infra.Deployment;
using Waybill.Notifications.Storage;

namespace Waybill.Infra.Data;

/// <summary>The one table, from the definition that the local set-up uses too.</summary>
internal static class NotificationTable
{
    public static void Create(Construct scope, FixedNames names, IKey key)
    {
        var table = new CfnTable(scope, "Table", new CfnTableProps
        {
            TableName = TableDefinition.DefaultName,
            BillingMode = TableDefinition.BillingMode,
            KeySchema = Keys(TableDefinition.PartitionKey, TableDefinition.SortKey),
            AttributeDefinitions = TableDefinition.KeyTypes.Where(key => IsKey(key.Key, names.Settings.Indexes)).Select(Attribute).ToArray(),
            GlobalSecondaryIndexes = names.Settings.Indexes.Select(Index).ToArray(),
            TimeToLiveSpecification = new CfnTable.TimeToLiveSpecificationProperty
            {
                AttributeName = TableDefinition.TimeToLiveAttribute,
                Enabled = true,
            },
            PointInTimeRecoverySpecification = new CfnTable.PointInTimeRecoverySpecificationProperty { PointInTimeRecoveryEnabled = true },
            SseSpecification = new CfnTable.SSESpecificationProperty { SseEnabled = true, SseType = "KMS", KmsMasterKeyId = key.KeyArn },
            DeletionProtectionEnabled = true,
            ResourcePolicy = new CfnTable.ResourcePolicyProperty { PolicyDocument = TablePolicy.Of(names) },
        });

        table.ApplyRemovalPolicy(RemovalPolicy.RETAIN);
    }

    /// <summary>DynamoDB refuses to be told of an attribute that is no key.</summary>
    private static bool IsKey(string attribute, IReadOnlyList<IndexDefinition> indexes) =>
        attribute is TableDefinition.PartitionKey or TableDefinition.SortKey
        || indexes.Any(index => attribute == index.PartitionKey || attribute == index.SortKey);

    private static CfnTable.AttributeDefinitionProperty Attribute(KeyValuePair<string, string> key) =>
        new() { AttributeName = key.Key, AttributeType = key.Value };

    private static CfnTable.GlobalSecondaryIndexProperty Index(IndexDefinition index) => new()
    {
        IndexName = index.Name,
        KeySchema = Keys(index.PartitionKey, index.SortKey),
        Projection = new CfnTable.ProjectionProperty { ProjectionType = TableDefinition.Projection },
    };

    private static CfnTable.KeySchemaProperty[] Keys(string partition, string sort) =>
    [
        new() { AttributeName = partition, KeyType = "HASH" },
        new() { AttributeName = sort, KeyType = "RANGE" },
    ];
}
