using Amazon.DynamoDBv2;
using Amazon.SQS;
using Amazon.SQS.Model;
using Waybill.Notifications.Queue;
using Waybill.Notifications.Storage;

namespace Waybill.LocalAws;

/// <summary>
/// Makes the table and the queues from their one definition in src/Notifications, as the deployment does for AWS.
/// What exists is left as it is, but for indexes that an earlier release did not have, so that it may run at every start.
/// </summary>
public sealed class Provisioner(IAmazonDynamoDB dynamoDb, IAmazonSQS sqs)
{
    public async Task ProvisionAsync(
        string tableName = TableDefinition.DefaultName,
        string queueName = QueueDefinition.DefaultName,
        CancellationToken cancellationToken = default)
    {
        await new TableProvisioner(dynamoDb).ProvisionAsync(tableName, cancellationToken);

        var deadLetterArn = await Queue(QueueDefinition.DeadLetterName(queueName), QueueDefinition.DeadLetterAttributes, cancellationToken);
        await Queue(queueName, QueueDefinition.Attributes(deadLetterArn), cancellationToken);
    }

    private async Task<string> Queue(string name, IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken)
    {
        var url = await Find(name, cancellationToken) ?? await Create(name, attributes, cancellationToken);
        var answer = await sqs.GetQueueAttributesAsync(url, [QueueAttributeName.QueueArn], cancellationToken);
        return answer.QueueARN;
    }

    private async Task<string?> Find(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await sqs.GetQueueUrlAsync(name, cancellationToken)).QueueUrl;
        }
        catch (QueueDoesNotExistException)
        {
            return null;
        }
    }

    private async Task<string> Create(string name, IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken)
    {
        var request = new CreateQueueRequest(name) { Attributes = new Dictionary<string, string>(attributes) };
        return (await sqs.CreateQueueAsync(request, cancellationToken)).QueueUrl;
    }
}
