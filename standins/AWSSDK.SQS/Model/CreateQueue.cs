using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class CreateQueueRequest : AmazonSQSRequest
{
    public CreateQueueRequest()
    {
    }

    public CreateQueueRequest(string queueName) => QueueName = queueName;

    public Dictionary<string, string> Attributes { get; set; } = New.Map<string>();

    public string QueueName { get; set; }

    // The service model spells this one member in lower case.
    [JsonPropertyName("tags")]
    public Dictionary<string, string> Tags { get; set; } = New.Map<string>();
}

public class CreateQueueResponse : AmazonWebServiceResponse
{
    public string QueueUrl { get; set; }
}
