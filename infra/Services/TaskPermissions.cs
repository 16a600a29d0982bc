using Waybill.Infra.Deployment;
using Waybill.Infra.Permissions;

namespace Waybill.Infra.Services;

/// <summary>
/// What the code of each service calls, action by action. Tests compare the table's actions with the calls in src/StatusService/Store, and all
/// of them with lists of their own.
/// </summary>
internal sealed class TaskPermissions(FixedNames names, string keyArn)
{
    public IReadOnlyList<Permission> OfIntake =>
    [
        new("Send", ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage"], [names.Queue]),
        new("ReadDepthOfDeadLetters", ["sqs:GetQueueAttributes", "sqs:GetQueueUrl"], [names.DeadLetterQueue]),
        Key("EncryptMessages", "sqs", "kms:Decrypt", "kms:GenerateDataKey"),
    ];

    public IReadOnlyList<Permission> OfStatus =>
    [
        new("ReadAndWriteRecords", ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"], [names.Table]),
        new("QueryIndexes", ["dynamodb:Query"], [.. names.Indexes]),
        Key("EncryptRecords", "dynamodb", "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"),
    ];

    public IReadOnlyList<Permission> OfWorker =>
    [
        new("Consume", ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage"], [names.Queue]),
        Key("DecryptMessages", "sqs", "kms:Decrypt"),
    ];

    private Permission Key(string sid, string service, params string[] actions) =>
        new(sid, actions, [keyArn]) { ViaService = $"{service}.{names.Settings.Region}.amazonaws.com" };
}
