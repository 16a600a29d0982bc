using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class SendMessageBatchRequestEntry
{
    public SendMessageBatchRequestEntry()
    {
    }

    public SendMessageBatchRequestEntry(string id, string messageBody)
    {
        Id = id;
        MessageBody = messageBody;
    }

    /// <summary>0–900; the queue's own delay when null.</summary>
    public int? DelaySeconds { get; set; }

    public string Id { get; set; }

    public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; } = New.Map<MessageAttributeValue>();

    public string MessageBody { get; set; }

    public string MessageDeduplicationId { get; set; }

    public string MessageGroupId { get; set; }
}

public class SendMessageBatchResultEntry
{
    public string Id { get; set; }

    public string MD5OfMessageAttributes { get; set; }

    public string MD5OfMessageBody { get; set; }

    public string MessageId { get; set; }

    public string SequenceNumber { get; set; }
}

public class SendMessageBatchRequest : AmazonSQSRequest
{
    public SendMessageBatchRequest()
    {
    }

    public SendMessageBatchRequest(string queueUrl, List<SendMessageBatchRequestEntry> entries)
    {
        QueueUrl = queueUrl;
        Entries = entries;
    }

    public List<SendMessageBatchRequestEntry> Entries { get; set; } = New.List<SendMessageBatchRequestEntry>();

    public string QueueUrl { get; set; }
}

/// <summary>The call succeeds although entries failed: every caller reads <see cref="Failed"/>.</summary>
public class SendMessageBatchResponse : AmazonWebServiceResponse
{
    public List<BatchResultErrorEntry> Failed { get; set; } = New.List<BatchResultErrorEntry>();

    public List<SendMessageBatchResultEntry> Successful { get; set; } = New.List<SendMessageBatchResultEntry>();
}
