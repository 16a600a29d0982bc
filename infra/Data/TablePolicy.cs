using Amazon.CDK.AWS.IAM;
using Waybill.Infra.Deployment;
using Waybill.Infra.Permissions;

namespace Waybill.Infra.Data;

/// <summary>
/// What nobody may do to the table, whatever their own policies say. Denials alone: what StatusService may do is in its role.
/// </summary>
internal static class TablePolicy
{
    /// <summary>Every way to an item that is not denied to all.</summary>
    public static readonly string[] ItemActions =
    [
        "dynamodb:BatchGetItem",
        "dynamodb:BatchWriteItem",
        "dynamodb:ConditionCheckItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
    ];

    /// <summary>Records go by their time to live, and the table goes by hand, after its protection was taken off (docs/deploy.md).</summary>
    public static readonly string[] ActionsOfNobody =
    [
        "dynamodb:DeleteItem",
        "dynamodb:DeleteTable",
        "dynamodb:PartiQLDelete",
        "dynamodb:PartiQLInsert",
        "dynamodb:PartiQLSelect",
        "dynamodb:PartiQLUpdate",
        "dynamodb:Scan",
    ];

    public static PolicyDocument Of(FixedNames names) => new(new PolicyDocumentProps
    {
        Statements =
        [
            Deny("NobodyScansOrDeletes", ActionsOfNobody, names, null),
            Deny("OnlyStatusReadsAndWrites", ItemActions, names, Condition.NotOneOf(names.TaskRole(ServiceName.Status))),
        ],
    });

    private static PolicyStatement Deny(string sid, string[] actions, FixedNames names, Dictionary<string, object>? conditions) => new(new PolicyStatementProps
    {
        Sid = sid,
        Effect = Effect.DENY,
        Principals = [new StarPrincipal()],
        Actions = actions,
        Resources = [names.Table, .. names.Indexes],
        Conditions = conditions,
    });
}
