using Waybill.IntakeService.Submissions;
using Waybill.Notifications.StatusApi;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.IntakeService.Redeliveries;

/// <summary>503 with Retry-After when the status service gives no answer, 500 when the job itself cannot be read or written.</summary>
internal sealed partial class StatusUnavailableFilter(ILogger<StatusUnavailableFilter> logger) : IEndpointFilter
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(2);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (StatusUnavailableException exception)
        {
            Log.Unavailable(logger, exception.NothingWritten, exception.Message);

            return exception.NothingWritten
                ? Problem.Unavailable("table-unavailable", "Nothing was changed: the table cannot be reached. Ask again.", TryAgainAfter)
                : Problem.Unavailable("table-unavailable", "The table did not answer. Look at the list of redeliveries before you ask again.", TryAgainAfter);
        }
        catch (RecordTroubleException trouble)
        {
            Log.Trouble(logger, trouble.Id, trouble.Reason);
            return SubmissionResults.Troubled(trouble.Id, trouble.Reason);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{JobId} cannot be read or written as it is: {Reason}")]
        public static partial void Trouble(ILogger logger, string jobId, string reason);

        [LoggerMessage(LogLevel.Error, "The status service gave no answer about redeliveries (nothing written: {NothingWritten}). {Reason}")]
        public static partial void Unavailable(ILogger logger, bool nothingWritten, string reason);
    }
}
