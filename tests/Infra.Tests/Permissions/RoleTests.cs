using Waybill.Infra.Tests.Support;

namespace Waybill.Infra.Tests.Permissions;

/// <summary>Rules out that a role may do more, or less, than what is written here by hand.</summary>
[Collection(DeployedCollection.Name)]
public sealed class RoleTests(DeployedFixture deployed)
{
    private const string Table = "arn:aws:dynamodb:us-east-1:123456789012:table/notifications";
    private const string Queue = "arn:aws:sqs:us-east-1:123456789012:notifications";
    private const string Logs = "arn:aws:logs:us-east-1:123456789012:log-group:/waybill";
    private const string Images = "arn:aws:ecr:us-east-1:123456789012:repository/waybill";
    private const string Via = "when StringEquals kms:ViaService";

    [Fact]
    public void The_status_service_reads_and_writes_the_table() => Assert.Equal(
    [
        $"Allow dynamodb:BatchGetItem, dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query, dynamodb:UpdateItem on {Table}",
        $"Allow dynamodb:Query on {Table}/index/due, {Table}/index/recent, {Table}/index/failed, {Table}/index/correlation, {Table}/index/endpoint",
        $"Allow kms:Decrypt, kms:DescribeKey, kms:Encrypt, kms:GenerateDataKey, kms:ReEncryptFrom, kms:ReEncryptTo on Key {Via} dynamodb.us-east-1.amazonaws.com",
        .. Telemetry("status"),
    ], PermissionsOf("StatusTaskRole"));

    [Fact]
    public void The_intake_service_sends_and_reads_how_deep_the_queues_are() => Assert.Equal(
    [
        $"Allow sqs:GetQueueAttributes, sqs:GetQueueUrl, sqs:SendMessage on {Queue}",
        $"Allow sqs:GetQueueAttributes, sqs:GetQueueUrl on {Queue}-dead-letter",
        $"Allow kms:Decrypt, kms:GenerateDataKey on Key {Via} sqs.us-east-1.amazonaws.com",
        .. Telemetry("intake"),
    ], PermissionsOf("IntakeTaskRole"));

    [Fact]
    public void The_worker_consumes() => Assert.Equal(
    [
        $"Allow sqs:ChangeMessageVisibility, sqs:DeleteMessage, sqs:GetQueueAttributes, sqs:GetQueueUrl, sqs:ReceiveMessage on {Queue}",
        $"Allow kms:Decrypt on Key {Via} sqs.us-east-1.amazonaws.com",
        .. Telemetry("worker"),
    ], PermissionsOf("WorkerTaskRole"));

    [Theory]
    [InlineData("IntakeStartRole", "intake", "ApiKeysSecret, InternalKeySecret")]
    [InlineData("StatusStartRole", "status", "ApiKeysSecret, InternalKeySecret, SealingSecret")]
    [InlineData("WorkerStartRole", "worker", "InternalKeySecret, SigningSecret, SealingSecret")]
    public void Starting_a_task_reads_its_own_images_and_secrets(string role, string service, string secrets) => Assert.Equal(
    [
        "Allow ecr:GetAuthorizationToken on *",
        $"Allow ecr:BatchCheckLayerAvailability, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer on {Images}/{service}, {Images}/collector",
        $"Allow logs:CreateLogStream, logs:PutLogEvents on {Logs}/{service}:*",
        $"Allow secretsmanager:GetSecretValue on {secrets}",
        $"Allow kms:Decrypt on Key {Via} secretsmanager.us-east-1.amazonaws.com",
    ], PermissionsOf(role));

    [Fact]
    public void The_sealing_keys_are_read_at_the_start_of_the_status_service_and_of_the_worker_and_by_no_other_role()
    {
        var readers = deployed.Waybill.OfType("AWS::IAM::Role").Where(role => Statement.In(role).Any(statement => statement.Allows && statement.ToString().Contains("SealingSecret", StringComparison.Ordinal)));
        Assert.Equal(["StatusStartRole", "WorkerStartRole"], readers.Select(Name).Order());
    }

    [Fact]
    public void There_are_no_other_roles_but_the_one_that_writes_flow_logs() => Assert.Equal(
        ["IntakeStartRole", "IntakeTaskRole", "StatusStartRole", "StatusTaskRole", "VpcRefusedIAMRole", "WorkerStartRole", "WorkerTaskRole"],
        deployed.Waybill.OfType("AWS::IAM::Role").Select(Name).Order());

    [Fact]
    public void ECS_takes_the_roles_on_for_tasks_of_this_account_alone() => Assert.All(OfTasks, role =>
    {
        var trust = Assert.Single(role["AssumeRolePolicyDocument"]!["Statement"]!.AsArray())!;

        Assert.Equal("ecs-tasks.amazonaws.com", (string?)trust["Principal"]!["Service"]);
        Assert.Equal("123456789012", (string?)trust["Condition"]!["StringEquals"]!["aws:SourceAccount"]);
        Assert.Equal("arn:aws:ecs:us-east-1:123456789012:*", (string?)trust["Condition"]!["ArnLike"]!["aws:SourceArn"]);
    });

    [Fact]
    public void No_managed_policy_and_no_policy_of_its_own_adds_to_a_role()
    {
        Assert.All(OfTasks, role => Assert.Null(role["ManagedPolicyArns"]));

        var others = deployed.Waybill.OfType("AWS::IAM::Policy").Select(Name);
        Assert.Equal(["VpcRefusedIAMRoleDefaultPolicy"], others);
    }

    private IEnumerable<Resource> OfTasks => deployed.Waybill.OfType("AWS::IAM::Role").Where(role => role.Stack == "WaybillServices");

    private IEnumerable<string> PermissionsOf(string name)
    {
        var role = Assert.Single(deployed.Waybill.OfType("AWS::IAM::Role"), role => Name(role) == name);

        return Assert.Single(role["Policies"]!.AsArray())!["PolicyDocument"]!["Statement"]!.AsArray()
            .Select(statement => new Statement(role, statement!.AsObject()).ToString());
    }

    private static string[] Telemetry(string service) =>
    [
        $"Allow logs:CreateLogStream, logs:PutLogEvents on {Logs}/{service}:*",
        $"Allow logs:CreateLogStream, logs:PutLogEvents on {Logs}/metrics:*",
        "Allow xray:PutTelemetryRecords, xray:PutTraceSegments on *",
    ];

    /// <summary>The logical id without its hash.</summary>
    private static string Name(Resource resource) => resource.Id[..^8];
}
