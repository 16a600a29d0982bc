using MassTransit.Configuration;

namespace MassTransit.AmazonSqsTransport.Configuration;

internal class SqsEndpointConfiguration : EndpointConfiguration
{
    private readonly SqsTopology _topology;

    protected SqsEndpointConfiguration(SqsTopology topology) : base(topology) => _topology = topology;

    private SqsEndpointConfiguration(SqsEndpointConfiguration parent, SqsTopology topology, bool isBusEndpoint)
        : base(parent, topology, isBusEndpoint)
        => _topology = topology;

    public SqsEndpointConfiguration CreateEndpointConfiguration(bool isBusEndpoint = false)
        => new(this, _topology.ForEndpoint(), isBusEndpoint);
}
