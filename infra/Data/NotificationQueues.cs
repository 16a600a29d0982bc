using System.Text.Json;
using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SQS;
using Constructs;
using Waybill.Infra.Deployment;
using Waybill.Notifications.Queue;

namespace Waybill.Infra.Data;

/// <summary>The queue and its dead-letter queue, with the attributes of the definition that the local set-up uses too.</summary>
internal static class NotificationQueues
{
    /// <summary>How long SQS uses one data key before it asks for another, in seconds: an hour, as each costs a request.</summary>
    private const int DataKeySeconds = 3600;

    public static void Create(Construct scope, FixedNames names, IKey key)
    {
        var queueName = QueueDefinition.DefaultName;

        var deadLetters = Queue(scope, "DeadLetterQueue", QueueDefinition.DeadLetterName(queueName), key, QueueDefinition.DeadLetterAttributes);
        deadLetters.RedriveAllowPolicy = new Dictionary<string, object>
        {
            ["redrivePermission"] = "byQueue",
            ["sourceQueueArns"] = new[] { names.Queue },
        };

        var queue = Queue(scope, "Queue", queueName, key, QueueDefinition.Attributes(names.DeadLetterQueue));
        queue.AddDependency(deadLetters);

        Policy(scope, "QueuePolicy", queue, QueuePolicies.OfQueue(names));
        Policy(scope, "DeadLetterQueuePolicy", deadLetters, QueuePolicies.OfDeadLetters(names));
    }

    /// <summary>SQS's attributes have the same names in CloudFormation, where their values are JSON instead of text.</summary>
    private static CfnQueue Queue(Construct scope, string id, string name, IKey key, IReadOnlyDictionary<string, string> attributes)
    {
        var queue = new CfnQueue(scope, id, new CfnQueueProps
        {
            QueueName = name,
            KmsMasterKeyId = key.KeyArn,
            KmsDataKeyReusePeriodSeconds = DataKeySeconds,
        });

        foreach (var (attribute, value) in attributes)
        {
            queue.AddPropertyOverride(attribute, Plain(JsonDocument.Parse(value).RootElement));
        }

        queue.ApplyRemovalPolicy(RemovalPolicy.RETAIN);
        return queue;
    }

    private static void Policy(Construct scope, string id, CfnQueue queue, PolicyDocument document) =>
        _ = new CfnQueuePolicy(scope, id, new CfnQueuePolicyProps { Queues = [queue.Ref], PolicyDocument = document });

    private static object Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetInt32(),
        JsonValueKind.Object => value.EnumerateObject().ToDictionary(property => property.Name, property => Plain(property.Value)),
        _ => value.ToString(),
    };
}
