using System.Net;

namespace Waybill.Client;

/// <summary>422: the idempotency key was used for another request.</summary>
public sealed class WaybillKeyReusedException(HttpStatusCode statusCode, WaybillProblem problem)
    : WaybillProblemException(statusCode, problem, null);
