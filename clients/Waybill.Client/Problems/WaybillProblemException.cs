using System.Net;

namespace Waybill.Client;

/// <summary>
/// A service answered that it does not do what was asked. What programs tell apart most often has an exception of its own, derived from this one;
/// for all else there is the <see cref="Problem"/>'s name.
/// </summary>
public class WaybillProblemException(HttpStatusCode statusCode, WaybillProblem problem, TimeSpan? retryAfter)
    : Exception($"{(int)statusCode} {problem}")
{
    public HttpStatusCode StatusCode { get; } = statusCode;

    public WaybillProblem Problem { get; } = problem;

    /// <summary>When the service asks to be asked again; null when it says nothing of it.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    internal static WaybillProblemException Of(HttpStatusCode status, WaybillProblem problem, TimeSpan? retryAfter) => status switch
    {
        HttpStatusCode.BadRequest when problem.Errors is { } errors => new WaybillValidationException(status, problem, errors),
        HttpStatusCode.Unauthorized => new WaybillUnauthorizedException(status, problem),
        HttpStatusCode.Forbidden => new WaybillForbiddenException(status, problem),
        HttpStatusCode.NotFound => new WaybillNotFoundException(status, problem),
        HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed => new WaybillConflictException(status, problem),
        HttpStatusCode.UnprocessableEntity => new WaybillKeyReusedException(status, problem),
        HttpStatusCode.TooManyRequests => new WaybillTooManyRequestsException(status, problem, retryAfter),
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => new WaybillUnavailableException(status, problem, retryAfter),
        _ => new WaybillProblemException(status, problem, retryAfter),
    };
}
