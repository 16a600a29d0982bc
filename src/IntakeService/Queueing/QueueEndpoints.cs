using Amazon.Runtime;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Description;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.IntakeService.Queueing;

internal static class QueueEndpoints
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    public static void MapQueue(this IEndpointRouteBuilder app) =>
        app.MapGet("/v1/queue", Get)
            .RequireOperatorKey()
            .WithTags("Operations")
            .WithName("GetQueue")
            .WithSummary("Depth of the queue and number of dead letters, approximately. Operators only.")
            .Produces<QueueDepth>()
            .WithResponseExample(StatusCodes.Status200OK, """{ "waiting": 12, "inFlight": 3, "deadLetters": 0, "readAt": "2026-11-20T20:17:06.927Z" }""")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> Get(QueueDepthReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return TypedResults.Ok(await reader.ReadAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            return Problem.Unavailable("queue-unavailable", "The queue cannot be reached just now.", RetryAfter);
        }
    }
}
