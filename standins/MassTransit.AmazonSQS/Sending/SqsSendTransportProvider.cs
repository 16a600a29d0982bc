using MassTransit.AmazonSqsTransport.Configuration;
using MassTransit.AmazonSqsTransport.Queues;
using MassTransit.AmazonSqsTransport.Receiving;
using MassTransit.Transports;

namespace MassTransit.AmazonSqsTransport.Sending;

internal sealed class SqsSendTransportProvider(SqsHostConfiguration host, SqsReceiveEndpointContext endpoint)
    : ISendTransportProvider, IPublishTransportProvider
{
    public Uri NormalizeAddress(Uri address) => SqsAddress.Normalize(host.HostAddress, address);

    public Task<ISendTransport> GetSendTransport(Uri address)
    {
        var queueName = SqsAddress.QueueName(NormalizeAddress(address));
        var context = new SqsSendTransportContext(host, endpoint, endpoint.Supervisor, queueName);
        var transport = new SendTransport<SqsContext>(context);

        endpoint.AddSendAgent(transport);

        return Task.FromResult<ISendTransport>(transport);
    }

    public Task<ISendTransport> GetPublishTransport<T>(Uri? publishAddress)
        where T : class
        => throw new NotSupportedException($"Publishing {typeof(T).Name} needs SNS, which this stand-in has not: send to a queue's address");
}
