namespace MassTransit;

public interface IAmazonSqsQueueConfigurator
{
    /// <summary>Used when the queue is created. An existing queue keeps its own.</summary>
    IDictionary<string, object> QueueAttributes { get; }

    /// <summary>Used when the queue is created. An existing queue keeps its own.</summary>
    IDictionary<string, string> QueueTags { get; }
}
