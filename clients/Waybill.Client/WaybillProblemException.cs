using System.Net;

namespace Waybill.Client;

/// <summary>A service answered that it does not do what was asked.</summary>
public sealed class WaybillProblemException(HttpStatusCode statusCode, WaybillProblem problem, TimeSpan? retryAfter)
    : Exception($"{(int)statusCode} {problem}")
{
    public HttpStatusCode StatusCode { get; } = statusCode;

    public WaybillProblem Problem { get; } = problem;

    /// <summary>When the service asks to be asked again; null when it says nothing of it.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
