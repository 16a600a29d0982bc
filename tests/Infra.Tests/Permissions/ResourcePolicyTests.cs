using Waybill.Infra.Tests.Support;

namespace Waybill.Infra.Tests.Permissions;

/// <summary>Rules out that the table or a queue lets in whom it should not, whatever a role allows. Lists by hand.</summary>
[Collection(DeployedCollection.Name)]
public sealed class ResourcePolicyTests(DeployedFixture deployed)
{
    private const string Table = "arn:aws:dynamodb:us-east-1:123456789012:table/notifications";
    private const string TableAndIndexes = $"{Table}, {Table}/index/due, {Table}/index/recent, {Table}/index/failed, {Table}/index/correlation, {Table}/index/endpoint";
    private const string Queue = "arn:aws:sqs:us-east-1:123456789012:notifications";
    private const string DeadLetters = $"{Queue}-dead-letter";
    private const string Role = "arn:aws:iam::123456789012:role/waybill";

    [Fact]
    public void Nobody_scans_or_deletes_the_table_and_only_the_status_service_reads_and_writes_it()
    {
        var table = Assert.Single(deployed.Waybill.OfType("AWS::DynamoDB::Table"));

        Assert.Equal(
        [
            "Deny dynamodb:DeleteItem, dynamodb:DeleteTable, dynamodb:PartiQLDelete, dynamodb:PartiQLInsert, dynamodb:PartiQLSelect, dynamodb:PartiQLUpdate, dynamodb:Scan " +
            $"on {TableAndIndexes}",
            "Deny dynamodb:BatchGetItem, dynamodb:BatchWriteItem, dynamodb:ConditionCheckItem, dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query, dynamodb:UpdateItem " +
            $"on {TableAndIndexes} when ArnNotEquals aws:PrincipalArn {Role}-status-task",
        ], Print(table));
    }

    [Fact]
    public void The_queue_takes_TLS_alone_and_nobody_purges_it_and_only_intake_sends_and_only_the_worker_consumes() => Assert.Equal(
    [
        $"Deny sqs:* on {Queue} when Bool aws:SecureTransport false",
        $"Deny sqs:DeleteQueue, sqs:PurgeQueue on {Queue}",
        $"Deny sqs:SendMessage on {Queue} when ArnNotEquals aws:PrincipalArn {Role}-intake-task",
        $"Deny sqs:ChangeMessageVisibility, sqs:DeleteMessage, sqs:ReceiveMessage on {Queue} when ArnNotEquals aws:PrincipalArn {Role}-worker-task",
    ], Print(PolicyOf("Queue")));

    [Fact]
    public void The_dead_letter_queue_takes_TLS_alone_and_nobody_purges_it() => Assert.Equal(
    [
        $"Deny sqs:* on {DeadLetters} when Bool aws:SecureTransport false",
        $"Deny sqs:DeleteQueue, sqs:PurgeQueue on {DeadLetters}",
    ], Print(PolicyOf("DeadLetterQueue")));

    [Fact]
    public void Every_queue_has_a_policy()
    {
        var queues = deployed.Waybill.OfType("AWS::SQS::Queue").Select(queue => queue.Id).Order();
        var covered = deployed.Waybill.OfType("AWS::SQS::QueuePolicy").SelectMany(policy => policy["Queues"]!.AsArray()).Select(queue => (string)queue!["Ref"]!).Order();

        Assert.Equal(queues, covered);
    }

    [Fact]
    public void No_policy_lets_everybody_in()
    {
        // An endpoint's policy says what may pass through it, on top of what the caller may do anyway.
        var open = deployed.Waybill.Resources
            .Where(resource => resource.Type != "AWS::EC2::VPCEndpoint")
            .SelectMany(Statement.In)
            .Where(statement => statement.Allows && statement.Principals.Contains("*"));

        Assert.Empty(open);
    }

    [Fact]
    public void The_key_is_used_by_other_services_of_AWS_for_Waybill_alone() => Assert.Equal(
    [
        "PoliciesOfTheAccountDecide: Allow kms:* on *",
        "LogGroupsOfWaybill: Allow kms:Decrypt, kms:DescribeKey, kms:Encrypt, kms:GenerateDataKey*, kms:ReEncrypt* on * " +
        "when ArnLike kms:EncryptionContext:aws:logs:arn arn:aws:logs:us-east-1:123456789012:log-group:/waybill/*",
        "AlarmsOfTheAccount: Allow kms:Decrypt, kms:GenerateDataKey on * when StringEquals aws:SourceAccount 123456789012",
    ], Statement.In(Assert.Single(deployed.Waybill.OfType("AWS::KMS::Key"))).Select(statement => $"{statement.Sid}: {statement}"));

    private Resource PolicyOf(string queue) =>
        Assert.Single(deployed.Waybill.OfType("AWS::SQS::QueuePolicy"), policy => Resource.Plain(policy["Queues"]![0]) == queue);

    private static IEnumerable<string> Print(Resource resource) => Statement.In(resource).Select(statement =>
    {
        Assert.Equal(["*"], statement.Principals);
        return statement.ToString();
    });
}
