using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class SetQueueAttributesRequest : AmazonSQSRequest
{
    public SetQueueAttributesRequest()
    {
    }

    public SetQueueAttributesRequest(string queueUrl, Dictionary<string, string> attributes)
    {
        QueueUrl = queueUrl;
        Attributes = attributes;
    }

    public Dictionary<string, string> Attributes { get; set; } = New.Map<string>();

    public string QueueUrl { get; set; }
}

public class SetQueueAttributesResponse : AmazonWebServiceResponse
{
}
