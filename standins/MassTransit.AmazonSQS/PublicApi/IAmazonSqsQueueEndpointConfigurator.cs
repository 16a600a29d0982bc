namespace MassTransit;

public interface IAmazonSqsQueueEndpointConfigurator : IAmazonSqsQueueConfigurator
{
    /// <summary>Length of a long poll in seconds, 0–20, 3 by default.</summary>
    ushort WaitTimeSeconds { set; }
}
