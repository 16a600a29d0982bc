using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class DeleteMessageBatchRequestEntry
{
    public DeleteMessageBatchRequestEntry()
    {
    }

    public DeleteMessageBatchRequestEntry(string id, string receiptHandle)
    {
        Id = id;
        ReceiptHandle = receiptHandle;
    }

    public string Id { get; set; }

    public string ReceiptHandle { get; set; }
}

public class DeleteMessageBatchResultEntry
{
    public string Id { get; set; }
}

public class DeleteMessageBatchRequest : AmazonSQSRequest
{
    public DeleteMessageBatchRequest()
    {
    }

    public DeleteMessageBatchRequest(string queueUrl, List<DeleteMessageBatchRequestEntry> entries)
    {
        QueueUrl = queueUrl;
        Entries = entries;
    }

    public List<DeleteMessageBatchRequestEntry> Entries { get; set; } = New.List<DeleteMessageBatchRequestEntry>();

    public string QueueUrl { get; set; }
}

/// <summary>The call succeeds although entries failed: every caller reads <see cref="Failed"/>.</summary>
public class DeleteMessageBatchResponse : AmazonWebServiceResponse
{
    public List<BatchResultErrorEntry> Failed { get; set; } = New.List<BatchResultErrorEntry>();

    public List<DeleteMessageBatchResultEntry> Successful { get; set; } = New.List<DeleteMessageBatchResultEntry>();
}
