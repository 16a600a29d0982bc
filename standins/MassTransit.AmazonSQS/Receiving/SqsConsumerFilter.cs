using MassTransit.AmazonSqsTransport.Configuration;
using MassTransit.AmazonSqsTransport.Queues;
using MassTransit.Transports;

namespace MassTransit.AmazonSqsTransport.Receiving;

/// <summary>Opens the endpoint's queue and receives from it until the endpoint stops or a receive fails.</summary>
/// <remarks>
/// The core calls it again a second after it returns, and with growing pauses after it throws. So a queue that cannot be opened makes
/// the endpoint's health report a fault, and one that fails later does not: the published transport behaves the same.
/// </remarks>
internal sealed class SqsConsumerFilter(SqsReceiveEndpointContext endpoint, SqsReceiveSettings settings) : IFilter<SqsContext>
{
    public async Task Send(SqsContext context, IPipe<SqsContext> next)
    {
        if (endpoint.IsBusEndpoint)
        {
            throw new NotSupportedException("Request clients, and consumers on the bus's own endpoint, are not part of this stand-in");
        }

        var queue = await context.Connection
            .GetQueue(settings.QueueName, settings.QueueAttributes, settings.QueueTags, context.CancellationToken)
            .ConfigureAwait(false);
        var receiver = new SqsReceiver(queue, endpoint, settings);

        await receiver.Ready.ConfigureAwait(false);
        endpoint.AddConsumeAgent(receiver);
        await endpoint.TransportObservers.NotifyReady(endpoint.InputAddress).ConfigureAwait(false);

        try
        {
            await receiver.Completed.ConfigureAwait(false);
        }
        finally
        {
            await endpoint.TransportObservers.NotifyCompleted(endpoint.InputAddress, receiver).ConfigureAwait(false);
            endpoint.LogConsumerCompleted(receiver.DeliveryCount, receiver.ConcurrentDeliveryCount);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("sqsConsumer");
}
