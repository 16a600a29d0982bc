using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS.Model;
using Waybill.Infra.Tests.Support;
using Waybill.LocalAws;
using Waybill.Notifications.Queue;
using Waybill.Notifications.Storage;

namespace Waybill.Infra.Tests.Data;

/// <summary>Rules out that AWS gets another table or other queues than those that all other tests run on: what the local set-up made is asked.</summary>
[Collection(DeployedCollection.Name)]
public sealed class SharedDefinitionTests(DeployedFixture deployed) : IAsyncLifetime
{
    private LocalBackends _local = null!;

    public async Task InitializeAsync()
    {
        _local = await LocalBackends.StartAsync();
        await new Provisioner(_local.DynamoDbClient, _local.SqsClient).ProvisionAsync();
    }

    public async Task DisposeAsync() => await _local.DisposeAsync();

    [Fact]
    public async Task The_table_has_the_keys_indexes_and_attributes_of_the_local_one()
    {
        var local = (await _local.DynamoDbClient.DescribeTableAsync(TableDefinition.DefaultName)).Table;
        var table = Assert.Single(deployed.Waybill.OfType("AWS::DynamoDB::Table"));

        Assert.Equal(local.TableName, table.Text("TableName"));
        Assert.Equal(Print(local.KeySchema), Keys(table["KeySchema"]));
        Assert.Equal(
            local.AttributeDefinitions.Select(attribute => $"{attribute.AttributeName} {attribute.AttributeType}").Order(),
            table["AttributeDefinitions"]!.AsArray().Select(attribute => $"{attribute!["AttributeName"]} {attribute["AttributeType"]}").Order());
        Assert.Equal(
            local.GlobalSecondaryIndexes.Select(index => $"{index.IndexName}: {Print(index.KeySchema)} {index.Projection.ProjectionType}").Order(),
            table["GlobalSecondaryIndexes"]!.AsArray().Select(index => $"{index!["IndexName"]}: {Keys(index["KeySchema"])} {index["Projection"]!["ProjectionType"]}").Order());
    }

    [Fact]
    public async Task The_table_is_paid_and_cleared_as_the_local_one()
    {
        var table = Assert.Single(deployed.Waybill.OfType("AWS::DynamoDB::Table"));
        var billing = (await _local.DynamoDbClient.DescribeTableAsync(TableDefinition.DefaultName)).Table.BillingModeSummary;
        var expiry = (await _local.DynamoDbClient.DescribeTimeToLiveAsync(TableDefinition.DefaultName)).TimeToLiveDescription;

        Assert.Equal(billing.BillingMode.Value, table.Text("BillingMode"));
        Assert.Equal(expiry.AttributeName, (string?)table["TimeToLiveSpecification"]?["AttributeName"]);
        Assert.True((bool?)table["TimeToLiveSpecification"]?["Enabled"]);
    }

    [Fact]
    public async Task The_queues_have_every_attribute_that_the_local_ones_were_given()
    {
        var deadLetters = await Local(QueueDefinition.DeadLetterName(QueueDefinition.DefaultName));
        var queue = await Local(QueueDefinition.DefaultName);

        Same(deadLetters, QueueDefinition.DeadLetterAttributes.Keys, Queue(QueueDefinition.DeadLetterName(QueueDefinition.DefaultName)));
        Same(queue, QueueDefinition.Attributes("").Keys.Except(["RedrivePolicy"]), Queue(QueueDefinition.DefaultName));
    }

    [Fact]
    public async Task The_queue_hands_over_to_the_same_dead_letter_queue_after_as_many_receives()
    {
        var local = JsonNode.Parse((await Local(QueueDefinition.DefaultName))["RedrivePolicy"])!;
        var redrive = Queue(QueueDefinition.DefaultName)["RedrivePolicy"]!;

        Assert.Equal((int)local["maxReceiveCount"]!, (int)redrive["maxReceiveCount"]!);
        Assert.Equal(((string)local["deadLetterTargetArn"]!).Split(':')[^1], ((string)redrive["deadLetterTargetArn"]!).Split(':')[^1]);
    }

    private Resource Queue(string name) => Assert.Single(deployed.Waybill.OfType("AWS::SQS::Queue"), queue => queue.Text("QueueName") == name);

    private async Task<Dictionary<string, string>> Local(string name)
    {
        var url = (await _local.SqsClient.GetQueueUrlAsync(new GetQueueUrlRequest(name))).QueueUrl;
        return (await _local.SqsClient.GetQueueAttributesAsync(url, ["All"])).Attributes;
    }

    private static void Same(Dictionary<string, string> local, IEnumerable<string> attributes, Resource queue) => Assert.All(attributes, attribute =>
        Assert.Equal(local[attribute], Convert.ToString(queue[attribute]?.GetValue<object>(), CultureInfo.InvariantCulture)));

    private static string Print(IEnumerable<KeySchemaElement> keys) => string.Join(' ', keys.Select(key => $"{key.AttributeName} {key.KeyType}"));

    private static string Keys(JsonNode? keys) => string.Join(' ', keys!.AsArray().Select(key => $"{key!["AttributeName"]} {key["KeyType"]}"));
}
