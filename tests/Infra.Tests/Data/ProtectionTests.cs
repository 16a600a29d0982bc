using Waybill.Infra.Tests.Support;
using Waybill.Notifications.Queue;

namespace Waybill.Infra.Tests.Data;

/// <summary>Rules out that records, messages or keys are lost with a stack, or lie somewhere unencrypted.</summary>
[Collection(DeployedCollection.Name)]
public sealed class ProtectionTests(DeployedFixture deployed)
{
    /// <summary>What holds data, and where its template says that the customer key encrypts it.</summary>
    public static TheoryData<string, string> EncryptedByTheCustomerKey => new()
    {
        { "AWS::DynamoDB::Table", "SSESpecification.KMSMasterKeyId" },
        { "AWS::SQS::Queue", "KmsMasterKeyId" },
        { "AWS::SecretsManager::Secret", "KmsKeyId" },
        { "AWS::Logs::LogGroup", "KmsKeyId" },
        { "AWS::SNS::Topic", "KmsMasterKeyId" },
    };

    [Theory]
    [MemberData(nameof(EncryptedByTheCustomerKey))]
    public void Everything_that_holds_data_is_encrypted_with_the_customer_key(string type, string path)
    {
        var resources = deployed.Waybill.OfType(type).ToArray();

        Assert.NotEmpty(resources);
        Assert.All(resources, resource => Assert.StartsWith("Key", Resource.Plain(path.Split('.').Aggregate((System.Text.Json.Nodes.JsonNode?)resource.Properties, (node, name) => node?[name])), StringComparison.Ordinal));
    }

    [Fact]
    public void Images_and_access_logs_are_encrypted_with_the_keys_of_their_services()
    {
        Assert.All(deployed.Waybill.OfType("AWS::ECR::Repository"), repository => Assert.Equal("AES256", (string?)repository["EncryptionConfiguration"]?["EncryptionType"]));
        Assert.All(deployed.Waybill.OfType("AWS::S3::Bucket"), bucket => Assert.Contains("AES256", bucket["BucketEncryption"]!.ToJsonString(), StringComparison.Ordinal));
    }

    [Fact]
    public void The_customer_key_is_renewed_every_year() =>
        deployed.Waybill.Templates["WaybillData"].HasResourceProperties("AWS::KMS::Key", new Dictionary<string, object> { ["EnableKeyRotation"] = true });

    [Theory]
    [InlineData("AWS::DynamoDB::Table")]
    [InlineData("AWS::SQS::Queue")]
    [InlineData("AWS::KMS::Key")]
    [InlineData("AWS::SecretsManager::Secret")]
    [InlineData("AWS::ECR::Repository")]
    [InlineData("AWS::S3::Bucket")]
    public void What_cannot_be_made_anew_stays_when_its_stack_goes(string type)
    {
        var resources = deployed.Waybill.OfType(type).ToArray();

        Assert.NotEmpty(resources);
        Assert.All(resources, resource => Assert.Equal("Retain Retain", $"{resource.Json["DeletionPolicy"]} {resource.Json["UpdateReplacePolicy"]}"));
    }

    [Fact]
    public void The_table_can_be_restored_to_any_second_and_cannot_be_deleted() =>
        deployed.Waybill.Templates["WaybillData"].HasResourceProperties("AWS::DynamoDB::Table", new Dictionary<string, object>
        {
            ["PointInTimeRecoverySpecification"] = new Dictionary<string, object> { ["PointInTimeRecoveryEnabled"] = true },
            ["DeletionProtectionEnabled"] = true,
        });

    [Fact]
    public void Stacks_that_hold_data_or_images_cannot_be_deleted_by_mistake()
    {
        var artifacts = deployed.Waybill.Manifest["artifacts"]!.AsObject();
        bool IsProtected(string stack) => (bool?)artifacts[stack]!["properties"]!["terminationProtection"] ?? false;

        Assert.True(IsProtected("WaybillData"));
        Assert.True(IsProtected("WaybillRegistry"));
    }

    [Fact]
    public void Messages_that_nobody_could_deal_with_are_kept_for_14_days_and_come_from_the_queue_alone() =>
        deployed.Waybill.Templates["WaybillData"].HasResourceProperties("AWS::SQS::Queue", new Dictionary<string, object>
        {
            ["QueueName"] = QueueDefinition.DeadLetterName(QueueDefinition.DefaultName),
            ["MessageRetentionPeriod"] = 14 * 24 * 3600,
            ["RedriveAllowPolicy"] = new Dictionary<string, object>
            {
                ["redrivePermission"] = "byQueue",
                ["sourceQueueArns"] = new[] { "arn:aws:sqs:us-east-1:123456789012:notifications" },
            },
        });

    [Fact]
    public void No_secret_has_its_value_in_a_template() => Assert.All(deployed.Waybill.OfType("AWS::SecretsManager::Secret"), secret =>
    {
        Assert.Null(secret["SecretString"]);
        Assert.Null(secret["GenerateSecretString"]);
    });

    [Fact]
    public void Images_cannot_be_replaced_under_their_tags_and_are_scanned() => Assert.All(deployed.Waybill.OfType("AWS::ECR::Repository"), repository =>
    {
        Assert.Equal("IMMUTABLE", repository.Text("ImageTagMutability"));
        Assert.True((bool?)repository["ImageScanningConfiguration"]?["ScanOnPush"]);
    });
}
