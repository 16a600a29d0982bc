namespace Amazon.SQS.Model;

public class Message
{
    /// <summary>What SQS itself says of the message, by <see cref="MessageSystemAttributeName"/>.</summary>
    public Dictionary<string, string> Attributes { get; set; } = New.Map<string>();

    public string Body { get; set; }

    public string MD5OfBody { get; set; }

    public string MD5OfMessageAttributes { get; set; }

    public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; } = New.Map<MessageAttributeValue>();

    public string MessageId { get; set; }

    public string ReceiptHandle { get; set; }
}
