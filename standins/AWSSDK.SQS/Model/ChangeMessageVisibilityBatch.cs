using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class ChangeMessageVisibilityBatchRequestEntry
{
    public ChangeMessageVisibilityBatchRequestEntry()
    {
    }

    public ChangeMessageVisibilityBatchRequestEntry(string id, string receiptHandle)
    {
        Id = id;
        ReceiptHandle = receiptHandle;
    }

    public string Id { get; set; }

    public string ReceiptHandle { get; set; }

    /// <summary>Seconds from now, 0–43,200; 0 makes the message visible at once.</summary>
    public int? VisibilityTimeout { get; set; }
}

public class ChangeMessageVisibilityBatchResultEntry
{
    public string Id { get; set; }
}

public class ChangeMessageVisibilityBatchRequest : AmazonSQSRequest
{
    public ChangeMessageVisibilityBatchRequest()
    {
    }

    public ChangeMessageVisibilityBatchRequest(string queueUrl, List<ChangeMessageVisibilityBatchRequestEntry> entries)
    {
        QueueUrl = queueUrl;
        Entries = entries;
    }

    public List<ChangeMessageVisibilityBatchRequestEntry> Entries { get; set; } = New.List<ChangeMessageVisibilityBatchRequestEntry>();

    public string QueueUrl { get; set; }
}

/// <summary>The call succeeds although entries failed: every caller reads <see cref="Failed"/>.</summary>
public class ChangeMessageVisibilityBatchResponse : AmazonWebServiceResponse
{
    public List<BatchResultErrorEntry> Failed { get; set; } = New.List<BatchResultErrorEntry>();

    public List<ChangeMessageVisibilityBatchResultEntry> Successful { get; set; } = New.List<ChangeMessageVisibilityBatchResultEntry>();
}
