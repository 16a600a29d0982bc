using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using MassTransit.Transports;

namespace MassTransit.AmazonSqsTransport.Receiving;

internal sealed class SqsReceiveContext : BaseReceiveContext, AmazonSqsMessageContext
{
    public SqsReceiveContext(Message message, SqsReceiveEndpointContext endpoint) : base(ReceiveCount(message) > 1, endpoint)
    {
        message.Attributes ??= [];
        message.MessageAttributes ??= [];

        TransportMessage = message;
        Body = new StringMessageBody(message.Body);
        HeaderProvider = new SqsHeaderProvider(message);
    }

    public override MessageBody Body { get; }

    public Message TransportMessage { get; }

    public Dictionary<string, MessageAttributeValue> Attributes => TransportMessage.MessageAttributes;

    protected override IHeaderProvider HeaderProvider { get; }

    private static int ReceiveCount(Message message)
    {
        var count = message.Attributes?.GetValueOrDefault(MessageSystemAttributeName.ApproximateReceiveCount);

        return int.TryParse(count, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
