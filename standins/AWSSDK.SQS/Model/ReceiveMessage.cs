using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class ReceiveMessageRequest : AmazonSQSRequest
{
    public ReceiveMessageRequest()
    {
    }

    public ReceiveMessageRequest(string queueUrl) => QueueUrl = queueUrl;

    /// <summary>1–10; 1 when null.</summary>
    public int? MaxNumberOfMessages { get; set; }

    public List<string> MessageAttributeNames { get; set; } = New.List<string>();

    public List<string> MessageSystemAttributeNames { get; set; } = New.List<string>();

    public string QueueUrl { get; set; }

    /// <summary>Seconds, 0–43,200; the queue's own when null.</summary>
    public int? VisibilityTimeout { get; set; }

    /// <summary>0–20; the queue's own when null.</summary>
    public int? WaitTimeSeconds { get; set; }
}

public class ReceiveMessageResponse : AmazonWebServiceResponse
{
    /// <summary>Null, not empty, when there was nothing to receive.</summary>
    public List<Message> Messages { get; set; } = New.List<Message>();
}
