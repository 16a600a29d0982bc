using Microsoft.AspNetCore.Http.HttpResults;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.StatusService.Endpoints;

/// <summary>Problems that the page and the public API have alike.</summary>
internal static class EndpointProblems
{
    /// <summary>501: it is for whoever runs this to change, and asking again does not help.</summary>
    public static ProblemHttpResult NotSetUp() => Problem.Create(
        StatusCodes.Status501NotImplemented,
        "endpoints-not-set-up",
        "Endpoints are not set up here: no key is configured that their secrets could be sealed with (Sealing:Keys).");
}
