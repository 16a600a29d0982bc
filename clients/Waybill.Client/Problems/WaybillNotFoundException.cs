using System.Net;

namespace Waybill.Client;

/// <summary>404: there is no such thing, or it is another owner's.</summary>
public sealed class WaybillNotFoundException(HttpStatusCode statusCode, WaybillProblem problem)
    : WaybillProblemException(statusCode, problem, null);
