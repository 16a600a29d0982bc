using Amazon.SQS.Model;
using MassTransit.Transports;

namespace MassTransit.AmazonSqsTransport.Sending;

/// <summary>Turns headers whose value can be written as text into message attributes.</summary>
internal sealed class SqsHeaders(AllowTransportHeader? allowed) : IHeaderValueConverter<MessageAttributeValue>
{
    public static TransportSetHeaderAdapter<MessageAttributeValue> Adapter(AllowTransportHeader? allowed)
        => new(new SqsHeaders(allowed), TransportHeaderOptions.IncludeFaultMessage);

    public bool TryConvert(HeaderValue headerValue, out HeaderValue<MessageAttributeValue> result)
    {
        result = default;

        return headerValue.IsStringValue(out var text) && TryConvertText(text, out result);
    }

    public bool TryConvert<T>(HeaderValue<T> headerValue, out HeaderValue<MessageAttributeValue> result)
    {
        result = default;

        return headerValue.IsStringValue(out var text) && TryConvertText(text, out result);
    }

    private bool TryConvertText(HeaderValue<string> text, out HeaderValue<MessageAttributeValue> result)
    {
        var attribute = new MessageAttributeValue { DataType = "String", StringValue = text.Value };
        result = new HeaderValue<MessageAttributeValue>(text.Key, attribute);

        return allowed is null || allowed(text);
    }
}
