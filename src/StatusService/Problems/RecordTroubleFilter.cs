using Amazon.Runtime;
using Waybill.Notifications.StatusApi;
using Waybill.ServiceDefaults.Problems;
using Waybill.StatusService.Queries;

namespace Waybill.StatusService.Problems;

/// <summary>
/// 500 with the id to whoever may see a record that cannot be read or written, 404 to others. Nothing that the client asked for is wrong, and
/// asking again does not help until somebody has mended the record.
/// </summary>
internal sealed partial class RecordTroubleFilter(ILogger<RecordTroubleFilter> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (RecordTroubleException trouble)
        {
            Log.Trouble(logger, trouble.Id, trouble.Reason);

            // What the table refuses to write was read before, and shown to be the caller's.
            return trouble.InnerException is AmazonServiceException || UnreadableView.MaySee(context.HttpContext.User, trouble)
                ? Problem.Create(
                    StatusCodes.Status500InternalServerError,
                    "record-trouble",
                    "The record is stored, but cannot be read or written as it is.",
                    trouble.Reason,
                    new Dictionary<string, object?> { ["id"] = trouble.Id })
                : Problem.NotFound();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Id} cannot be read or written as it is: {Reason}")]
        public static partial void Trouble(ILogger logger, string id, string reason);
    }
}
