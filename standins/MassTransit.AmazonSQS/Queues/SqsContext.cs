using MassTransit.Middleware;

namespace MassTransit.AmazonSqsTransport.Queues;

/// <summary>What the core hands to a pipe that wants to send or receive.</summary>
internal sealed class SqsContext(SqsConnection connection, CancellationToken cancellationToken) : BasePipeContext(cancellationToken)
{
    public SqsConnection Connection => connection;
}
