using Amazon.SQS.Model;
using MassTransit.AmazonSqsTransport.Configuration;
using MassTransit.Transports;

namespace MassTransit.AmazonSqsTransport.Sending;

/// <summary>Copies a received message to another queue, without MassTransit's own headers of the last delivery.</summary>
internal abstract class SqsMoveTransport(SqsHostConfiguration host, string destination)
{
    protected TransportSetHeaderAdapter<MessageAttributeValue> Headers { get; } = SqsHeaders.Adapter(host.Settings.AllowedHeaders);

    protected async Task Move(ReceiveContext context, Action<IDictionary<string, MessageAttributeValue>> addHeaders)
    {
        var entry = new SendMessageBatchRequestEntry("", context.Body.GetString()) { MessageAttributes = ReceivedAttributes(context) };
        addHeaders(entry.MessageAttributes);

        var queue = await host.Connection.GetQueue(destination, context.CancellationToken).ConfigureAwait(false);
        await queue.Send(entry, context.CancellationToken).ConfigureAwait(false);
    }

    private static Dictionary<string, MessageAttributeValue> ReceivedAttributes(ReceiveContext context)
        => context.TryGetPayload(out AmazonSqsMessageContext? received)
            ? received.Attributes.Where(attribute => !attribute.Key.StartsWith("MT-", StringComparison.Ordinal)).ToDictionary()
            : [];
}

/// <summary>To the <c>_error</c> queue, with the exception.</summary>
internal sealed class SqsErrorTransport(SqsHostConfiguration host, string destination)
    : SqsMoveTransport(host, destination), IErrorTransport
{
    public Task Send(ExceptionReceiveContext context)
        => Move(context, headers => Headers.CopyFrom(headers, context.ExceptionHeaders));
}

/// <summary>To the <c>_skipped</c> queue, with the reason.</summary>
internal sealed class SqsDeadLetterTransport(SqsHostConfiguration host, string destination)
    : SqsMoveTransport(host, destination), IDeadLetterTransport
{
    public Task Send(ReceiveContext context, string? reason)
        => Move(context, headers => Headers.Set(headers, MessageHeaders.Reason, reason ?? "Unspecified"));
}
