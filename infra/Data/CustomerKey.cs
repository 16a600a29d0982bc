using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Constructs;
using Waybill.Infra.Deployment;
using Waybill.Infra.Permissions;

namespace Waybill.Infra.Data;

/// <summary>
/// The one customer key. Roles may use it by their own policies, and there only through a service; two services of AWS use it by its policy.
/// </summary>
internal static class CustomerKey
{
    private const string WhyAny = "In a key's policy, * is the key itself.";

    public static Key Create(Construct scope, FixedNames names)
    {
        PolicyStatement[] statements = [Administration(names), Logs(names), Alarms(names)];

        var key = new Key(scope, "Key", new KeyProps
        {
            Description = "Waybill: table, queues, secrets, logs, alarms",
            Alias = "alias/waybill",
            EnableKeyRotation = true,
            RemovalPolicy = RemovalPolicy.RETAIN,
            Policy = new PolicyDocument(new PolicyDocumentProps { Statements = statements }),
        });

        AnyResource.Explain((CfnResource)key.Node.DefaultChild!, statements.ToDictionary(statement => statement.Sid!, _ => WhyAny));
        return key;
    }

    /// <summary>Without it a key can become one that nobody can manage, its account's own administrators included.</summary>
    private static PolicyStatement Administration(FixedNames names) => new(new PolicyStatementProps
    {
        Sid = "PoliciesOfTheAccountDecide",
        Principals = [new ArnPrincipal(names.Root)],
        Actions = ["kms:*"],
        Resources = ["*"],
    });

    private static PolicyStatement Logs(FixedNames names) => new(new PolicyStatementProps
    {
        Sid = "LogGroupsOfWaybill",
        Principals = [new ServicePrincipal($"logs.{names.Settings.Region}.amazonaws.com")],
        Actions = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
        Resources = ["*"],
        Conditions = Condition.Of("ArnLike", "kms:EncryptionContext:aws:logs:arn", names.LogGroup(FixedNames.LogPrefix + "*")),
    });

    /// <summary>Alarms publish to an encrypted topic.</summary>
    private static PolicyStatement Alarms(FixedNames names) => new(new PolicyStatementProps
    {
        Sid = "AlarmsOfTheAccount",
        Principals = [new ServicePrincipal("cloudwatch.amazonaws.com")],
        Actions = ["kms:Decrypt", "kms:GenerateDataKey"],
        Resources = ["*"],
        Conditions = Condition.Equal("aws:SourceAccount", names.Settings.Account),
    });
}
