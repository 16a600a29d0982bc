using MassTransit.Agents;
using MassTransit.AmazonSqsTransport.Configuration;
using MassTransit.Transports;

namespace MassTransit.AmazonSqsTransport.Queues;

/// <summary>
/// Stops what works for one endpoint in the core's order: consumers, then senders. A stopped one is not used again.
/// </summary>
internal sealed class SqsSupervisor(SqsHostConfiguration host) : TransportPipeContextSupervisor<SqsContext>(new ContextFactory(host))
{
    private sealed class ContextFactory(SqsHostConfiguration host) : IPipeContextFactory<SqsContext>
    {
        public IPipeContextAgent<SqsContext> CreateContext(ISupervisor supervisor)
            => supervisor.AddContext(new SqsContext(host.Connection, supervisor.Stopped));

        public IActivePipeContextAgent<SqsContext> CreateActiveContext(
            ISupervisor supervisor, PipeContextHandle<SqsContext> context, CancellationToken cancellationToken = default)
            => supervisor.AddActiveContext(context, new SqsContext(host.Connection, cancellationToken));
    }
}
