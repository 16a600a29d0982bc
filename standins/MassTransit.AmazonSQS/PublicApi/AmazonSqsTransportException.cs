namespace MassTransit;

/// <summary>Thrown where SQS refuses a part of a batch. The transport tries such a send again by itself.</summary>
public class AmazonSqsTransportException : MassTransitException
{
    public AmazonSqsTransportException()
    {
    }

    public AmazonSqsTransportException(string message) : base(message)
    {
    }

    public AmazonSqsTransportException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
