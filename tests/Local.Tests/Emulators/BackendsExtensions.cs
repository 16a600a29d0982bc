using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS.Model;
using Waybill.LocalAws;

namespace Waybill.Local.Tests.Emulators;

/// <summary>One table and one queue, as small as they can be.</summary>
public static class BackendsExtensions
{
    private const string Table = "things";

    public static async Task CreateTableAsync(this LocalBackends backends) =>
        await backends.DynamoDbClient.CreateTableAsync(new CreateTableRequest
        {
            TableName = Table,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new KeySchemaElement("id", KeyType.HASH)],
            AttributeDefinitions = [new AttributeDefinition("id", ScalarAttributeType.S)],
        });

    public static async Task PutAsync(this LocalBackends backends, string id) =>
        await backends.DynamoDbClient.PutItemAsync(Table, new() { ["id"] = new AttributeValue(id) });

    public static async Task<int> CountItemsAsync(this LocalBackends backends)
    {
        var response = await backends.DynamoDbClient.ScanAsync(new ScanRequest(Table) { ConsistentRead = true });
        return response.Count ?? 0;
    }

    public static async Task<string> CreateQueueAsync(this LocalBackends backends)
    {
        var response = await backends.SqsClient.CreateQueueAsync(new CreateQueueRequest { QueueName = "things" });
        return response.QueueUrl;
    }

    public static async Task<int> CountMessagesAsync(this LocalBackends backends, string queueUrl)
    {
        var response = await backends.SqsClient.GetQueueAttributesAsync(new GetQueueAttributesRequest
        {
            QueueUrl = queueUrl,
            AttributeNames = ["ApproximateNumberOfMessages"],
        });

        return int.Parse(response.Attributes["ApproximateNumberOfMessages"], CultureInfo.InvariantCulture);
    }
}
