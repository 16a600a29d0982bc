using System.Net;

namespace Waybill.Client;

/// <summary>401: the API key is unknown or has expired.</summary>
public sealed class WaybillUnauthorizedException(HttpStatusCode statusCode, WaybillProblem problem)
    : WaybillProblemException(statusCode, problem, null);
