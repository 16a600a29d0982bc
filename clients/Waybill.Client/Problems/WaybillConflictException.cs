using System.Net;

namespace Waybill.Client;

/// <summary>409 or 412: its state, or its version, does not allow it. Nothing was changed: read it, and decide again.</summary>
public sealed class WaybillConflictException(HttpStatusCode statusCode, WaybillProblem problem)
    : WaybillProblemException(statusCode, problem, null);
