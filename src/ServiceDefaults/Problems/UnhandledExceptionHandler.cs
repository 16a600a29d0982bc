using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Waybill.ServiceDefaults.Problems;

/// <summary>
/// Turns what the framework throws for a bad request into its status, and everything else into a 500 that says nothing
/// about the inside. A request that the client gave up is nobody's error.
/// </summary>
internal sealed partial class UnhandledExceptionHandler(ILogger<UnhandledExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            return true;
        }

        await Answer(exception).ExecuteAsync(httpContext);
        return true;
    }

    private IResult Answer(Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return Problem.Create(StatusCodes.Status413PayloadTooLarge, "body-too-large", "The body is larger than allowed.");

            case BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType }:
                return Problem.Create(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "Send the body as application/json.");

            case BadHttpRequestException { InnerException: JsonException } or JsonException:
                return Problem.Create(StatusCodes.Status400BadRequest, "malformed-json", "The body is not the JSON that is asked for here.");

            case BadHttpRequestException bad:
                return Problem.Create(bad.StatusCode, "bad-request", "The request cannot be read.", bad.Message);

            default:
                Log.Unhandled(logger, exception);
                return Problem.Create(StatusCodes.Status500InternalServerError, "internal-error", "Something went wrong here. The trace id leads to it.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A request failed with an error that nobody handled.")]
        public static partial void Unhandled(ILogger logger, Exception exception);
    }
}
