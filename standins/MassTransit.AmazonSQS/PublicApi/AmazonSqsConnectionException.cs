namespace MassTransit;

/// <summary>What a receive endpoint reports when it cannot reach SQS; it keeps trying.</summary>
public class AmazonSqsConnectionException : ConnectionException
{
    public AmazonSqsConnectionException()
    {
    }

    public AmazonSqsConnectionException(string message) : base(message)
    {
    }

    public AmazonSqsConnectionException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
