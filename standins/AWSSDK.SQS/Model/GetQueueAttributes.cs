using System.Globalization;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class GetQueueAttributesRequest : AmazonSQSRequest
{
    public GetQueueAttributesRequest()
    {
    }

    public GetQueueAttributesRequest(string queueUrl, List<string> attributeNames)
    {
        QueueUrl = queueUrl;
        AttributeNames = attributeNames;
    }

    public List<string> AttributeNames { get; set; } = New.List<string>();

    public string QueueUrl { get; set; }
}

public class GetQueueAttributesResponse : AmazonWebServiceResponse
{
    public Dictionary<string, string> Attributes { get; set; } = New.Map<string>();

    public int ApproximateNumberOfMessages => Number("ApproximateNumberOfMessages");

    public int ApproximateNumberOfMessagesDelayed => Number("ApproximateNumberOfMessagesDelayed");

    public int ApproximateNumberOfMessagesNotVisible => Number("ApproximateNumberOfMessagesNotVisible");

    /// <summary>Seconds.</summary>
    public int VisibilityTimeout => Number("VisibilityTimeout");

    public string QueueARN => Attributes?.GetValueOrDefault("QueueArn");

    private int Number(string name)
        => Attributes?.GetValueOrDefault(name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : 0;
}
