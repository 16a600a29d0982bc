namespace MassTransit;

public interface IAmazonSqsReceiveEndpointConfigurator : IReceiveEndpointConfigurator, IAmazonSqsQueueEndpointConfigurator
{
    /// <summary>Seconds until a message whose consumer threw is delivered again; 1 by default.</summary>
    int RedeliverVisibilityTimeout { set; }

    /// <summary>How long one delivery is kept invisible by renewals; 12 hours by default and at most.</summary>
    TimeSpan MaxVisibilityTimeout { set; }

    /// <summary>Upper bound in seconds of each renewal, 60–43,200; 60 by default, whatever the queue's own timeout.</summary>
    int MaxVisibilityTimeoutRenewal { set; }
}
