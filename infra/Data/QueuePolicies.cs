using Amazon.CDK.AWS.IAM;
using Waybill.Infra.Deployment;
using Waybill.Infra.Permissions;

namespace Waybill.Infra.Data;

/// <summary>What nobody may do to the queues, whatever their own policies say. What intake and worker may do is in their roles.</summary>
internal static class QueuePolicies
{
    private static readonly string[] ActionsOfNobody = ["sqs:DeleteQueue", "sqs:PurgeQueue"];
    private static readonly string[] SenderActions = ["sqs:SendMessage"];
    private static readonly string[] ConsumerActions = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"];

    public static PolicyDocument OfQueue(FixedNames names) => new(new PolicyDocumentProps
    {
        Statements =
        [
            .. ForAll(names.Queue),
            Deny("OnlyIntakeSends", names.Queue, SenderActions, Condition.NotOneOf(names.TaskRole(ServiceName.Intake))),
            Deny("OnlyWorkerConsumes", names.Queue, ConsumerActions, Condition.NotOneOf(names.TaskRole(ServiceName.Worker))),
        ],
    });

    /// <summary>SQS itself moves messages there. Operators read and delete single ones, as the runbook says.</summary>
    public static PolicyDocument OfDeadLetters(FixedNames names) => new(new PolicyDocumentProps
    {
        Statements = [.. ForAll(names.DeadLetterQueue)],
    });

    private static IEnumerable<PolicyStatement> ForAll(string queue) =>
    [
        Deny("OnlyOverTls", queue, ["sqs:*"], Condition.NotOverTls),
        Deny("NobodyPurgesOrDeletes", queue, ActionsOfNobody, null),
    ];

    private static PolicyStatement Deny(string sid, string queue, string[] actions, Dictionary<string, object>? conditions) => new(new PolicyStatementProps
    {
        Sid = sid,
        Effect = Effect.DENY,
        Principals = [new StarPrincipal()],
        Actions = actions,
        Resources = [queue],
        Conditions = conditions,
    });
}
