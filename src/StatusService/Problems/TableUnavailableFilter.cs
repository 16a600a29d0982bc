using Waybill.Notifications.StatusApi;
using Waybill.ServiceDefaults.Problems;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Problems;

/// <summary>503 with Retry-After when the table gives no answer.</summary>
internal sealed partial class TableUnavailableFilter(ILogger<TableUnavailableFilter> logger) : IEndpointFilter
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (TableUnavailableException exception)
        {
            Tell(logger, exception);
            return new Unavailable(exception.NothingWritten);
        }
    }

    public static void Tell(ILogger<TableUnavailableFilter> logger, TableUnavailableException exception) =>
        Log.Unavailable(logger, exception.Message, exception.NothingWritten);

    /// <summary>The table gave no answer. In a batch, only its status and whether nothing was written are told.</summary>
    internal sealed record Unavailable(bool NothingWritten) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => StatusCodes.Status503ServiceUnavailable;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (NothingWritten)
            {
                httpContext.Response.Headers[StatusClient.NothingWrittenHeader] = "true";
            }

            return Problem.Unavailable("table-unavailable", "The table cannot be reached just now.", RetryAfter).ExecuteAsync(httpContext);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Message} Nothing written: {NothingWritten}.")]
        public static partial void Unavailable(ILogger logger, string message, bool nothingWritten);
    }
}
