using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using MassTransit.Transports;

namespace MassTransit.AmazonSqsTransport.Receiving;

/// <summary>Transport headers: the message's text attributes, its id, and the time at which SQS took it.</summary>
internal sealed class SqsHeaderProvider(Message message) : IHeaderProvider
{
    public IEnumerable<KeyValuePair<string, object>> GetAll()
    {
        if (!message.MessageAttributes.ContainsKey(MessageHeaders.MessageId))
        {
            yield return KeyValuePair.Create<string, object>(MessageHeaders.MessageId, message.MessageId);
        }

        foreach (var (name, attribute) in message.MessageAttributes)
        {
            if (attribute.StringValue is not null)
            {
                yield return KeyValuePair.Create<string, object>(name, attribute.StringValue);
            }
        }
    }

    public bool TryGetHeader(string key, [NotNullWhen(true)] out object? value)
    {
        if (message.MessageAttributes.TryGetValue(key, out var attribute))
        {
            value = attribute.StringValue;
        }
        else if (key.Equals(nameof(Message.MessageId), StringComparison.OrdinalIgnoreCase))
        {
            value = message.MessageId;
        }
        else
        {
            value = key.Equals(MessageHeaders.TransportSentTime, StringComparison.OrdinalIgnoreCase) ? SentTime() : null;
        }

        return value is not null;
    }

    private DateTime? SentTime()
    {
        var sent = message.Attributes.GetValueOrDefault(MessageSystemAttributeName.SentTimestamp);

        return long.TryParse(sent, CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTime.UnixEpoch.AddMilliseconds(milliseconds)
            : null;
    }
}
