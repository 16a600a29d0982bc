using Amazon.SQS.Model;

namespace MassTransit;

/// <summary>A payload of the receive context: the message as SQS delivered it.</summary>
public interface AmazonSqsMessageContext
{
    Message TransportMessage { get; }

    Dictionary<string, MessageAttributeValue> Attributes { get; }
}
