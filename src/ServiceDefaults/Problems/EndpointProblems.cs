using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Waybill.ServiceDefaults.Problems;

/// <summary>What intake, the public queries and the page tell in the same words about endpoints.</summary>
public static class EndpointProblems
{
    /// <summary>Also of one that was deleted, and of one of somebody else.</summary>
    public static ProblemHttpResult NotFound() => Problem.Create(StatusCodes.Status404NotFound, "not-found", "There is no such endpoint.");

    /// <summary>What was asked for does not fit what the endpoint is.</summary>
    /// <param name="status">That it has.</param>
    /// <param name="asked">The last part of the request's path.</param>
    public static ProblemHttpResult StateConflict(string id, string status, string asked) => Problem.Create(
        StatusCodes.Status409Conflict,
        "conflict",
        asked switch
        {
            "pause" => $"The endpoint is {status}. It gets nothing that a pause could hold: enable it first.",
            "resume" => $"The endpoint is {status}. Only one that is PAUSED can be resumed.",
            "enable" => $"The endpoint is {status}. Only one that is DISABLED can be enabled.",
            _ => $"The endpoint is {status}, and cannot be changed so.",
        },
        extensions: new Dictionary<string, object?> { ["id"] = id, ["endpointStatus"] = status });

    /// <param name="most">How many endpoints a tenant may have.</param>
    public static ProblemHttpResult LimitReached(int most) => Problem.Create(
        StatusCodes.Status409Conflict,
        "endpoint-limit",
        $"The tenant has {most} endpoints, and no room for one more. Delete one that is not needed.");

    /// <summary>501: it is for whoever runs this to change, and asking again does not help.</summary>
    public static ProblemHttpResult NotSetUp() => Problem.Create(
        StatusCodes.Status501NotImplemented,
        "endpoints-not-set-up",
        "Endpoints are not set up here: no key is configured that their secrets could be sealed with (Sealing:Keys).");
}
