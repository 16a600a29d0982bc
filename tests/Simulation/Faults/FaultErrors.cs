using System.Net;
using System.Net.Sockets;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Waybill.Simulation.Faults;

/// <summary>The exceptions that each client throws for each kind of trouble.</summary>
internal static class FaultErrors
{
    /// <summary>Nothing was written, and the client can tell.</summary>
    public static Exception Refusal(Boundary boundary, Random random) => boundary switch
    {
        Boundary.Table when random.Next(2) == 0 => new ProvisionedThroughputExceededException("Throttled."),
        Boundary.Queue => new InvalidOperationException("The queue refused the message."),
        _ => ConnectionRefused(),
    };

    /// <summary>The client cannot tell whether the effect took place.</summary>
    public static Exception Ambiguous(Boundary boundary) => boundary switch
    {
        Boundary.Table => new AmazonDynamoDBException("Internal server error.") { StatusCode = HttpStatusCode.InternalServerError },
        Boundary.Queue => new IOException("The connection to the queue was closed."),
        _ => ConnectionClosed(),
    };

    public static Exception ConnectionRefused() =>
        new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused.", new SocketException((int)SocketError.ConnectionRefused));

    public static Exception ConnectionClosed() => new HttpRequestException(HttpRequestError.ResponseEnded, "The connection was closed.");

    public static Exception Timeout() => new TaskCanceledException("No answer in time.", new TimeoutException());
}
