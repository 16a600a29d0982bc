using System.Net;

namespace Waybill.Client;

/// <summary>502, 503 or 504, also after it was tried again: it cannot be done just now. With an id in the problem it is not known whether it was.</summary>
public sealed class WaybillUnavailableException(HttpStatusCode statusCode, WaybillProblem problem, TimeSpan? retryAfter)
    : WaybillProblemException(statusCode, problem, retryAfter);
