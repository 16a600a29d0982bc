using System.Net;

namespace Waybill.Client;

/// <summary>400: fields are missing, unknown or out of range. Sending the same again changes nothing.</summary>
public sealed class WaybillValidationException(HttpStatusCode statusCode, WaybillProblem problem, IReadOnlyDictionary<string, IReadOnlyList<string>> errors)
    : WaybillProblemException(statusCode, problem, null)
{
    /// <summary>Each field that is wrong, with what is allowed.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Errors { get; } = errors;
}
