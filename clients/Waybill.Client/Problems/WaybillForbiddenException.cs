using System.Net;

namespace Waybill.Client;

/// <summary>403: the API key may not do that.</summary>
public sealed class WaybillForbiddenException(HttpStatusCode statusCode, WaybillProblem problem)
    : WaybillProblemException(statusCode, problem, null);
