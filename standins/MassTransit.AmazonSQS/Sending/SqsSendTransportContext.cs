using Amazon.SQS.Model;
using MassTransit.AmazonSqsTransport.Configuration;
using MassTransit.AmazonSqsTransport.Queues;
using MassTransit.Transports;

namespace MassTransit.AmazonSqsTransport.Sending;

/// <summary>Sends to one queue. The core's send transport around it traces, measures and tells the observers.</summary>
internal sealed class SqsSendTransportContext(
    SqsHostConfiguration host, ReceiveEndpointContext endpoint, SqsSupervisor supervisor, string queueName)
    : BaseSendTransportContext(host, endpoint.Serialization), SendTransportContext<SqsContext>
{
    /// <summary>SQS takes no more; longer delays are cut to it, as the published transport does.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(15);

    private readonly TransportSetHeaderAdapter<MessageAttributeValue> _headers = SqsHeaders.Adapter(host.Settings.AllowedHeaders);

    public override string EntityName => queueName;

    public override string ActivitySystem => "aws_sqs";

    public Task Send(IPipe<SqsContext> pipe, CancellationToken cancellationToken = default)
        => host.Retry(() => supervisor.Send(pipe, cancellationToken), cancellationToken, supervisor.SendStopping);

    public override async Task<SendContext<T>> CreateSendContext<T>(
        T message, IPipe<SendContext<T>> pipe, CancellationToken cancellationToken)
    {
        var context = new SqsSendContext<T>(message, cancellationToken);
        await pipe.Send(context).ConfigureAwait(false);

        return context;
    }

    public Task<SendContext<T>> CreateSendContext<T>(
        SqsContext context, T message, IPipe<SendContext<T>> pipe, CancellationToken cancellationToken)
        where T : class
        => CreateSendContext(message, pipe, cancellationToken);

    public async Task Send<T>(SqsContext transportContext, SendContext<T> sendContext)
        where T : class
    {
        var context = (SqsSendContext<T>)sendContext;
        context.CancellationToken.ThrowIfCancellationRequested();

        var queue = await transportContext.Connection.GetQueue(queueName, context.CancellationToken).ConfigureAwait(false);
        await queue.Send(ToEntry(context), context.CancellationToken).ConfigureAwait(false);
    }

    public void Probe(ProbeContext context) => supervisor.Probe(context);

    private SendMessageBatchRequestEntry ToEntry<T>(SqsSendContext<T> context)
        where T : class
    {
        var attributes = new Dictionary<string, MessageAttributeValue>();
        _headers.Set(attributes, context.Headers);
        _headers.Set(attributes, MessageHeaders.ContentType, context.ContentType?.ToString());
        _headers.Set(attributes, MessageHeaders.CorrelationId, context.CorrelationId);

        return new SendMessageBatchRequestEntry("", context.Body.GetString())
        {
            MessageAttributes = attributes,
            MessageGroupId = NullWhenEmpty(context.GroupId),
            MessageDeduplicationId = NullWhenEmpty(context.DeduplicationId),
            DelaySeconds = DelayOf(context),
        };
    }

    private static int? DelayOf(SendContext context)
    {
        if (context.Delay is not { } delay || delay <= TimeSpan.Zero)
        {
            return null;
        }

        return (int)(delay < LongestDelay ? delay : LongestDelay).TotalSeconds;
    }

    private static string? NullWhenEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
