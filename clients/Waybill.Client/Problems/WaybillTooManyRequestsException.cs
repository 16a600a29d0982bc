using System.Net;

namespace Waybill.Client;

/// <summary>429, also after it was tried again: more is asked for than is allowed. Nothing was done.</summary>
public sealed class WaybillTooManyRequestsException(HttpStatusCode statusCode, WaybillProblem problem, TimeSpan? retryAfter)
    : WaybillProblemException(statusCode, problem, retryAfter);
