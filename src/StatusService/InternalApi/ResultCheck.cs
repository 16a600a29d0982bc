using Waybill.Notifications.StatusApi;

namespace Waybill.StatusService.InternalApi;

/// <summary>A result that contradicts itself is a defect of the one who sends it, and must not reach the table.</summary>
internal static class ResultCheck
{
    public static Dictionary<string, string[]> Errors(ResultRequest request)
    {
        var errors = new Dictionary<string, string[]>();
        var result = request.Result;

        if (request.RetryInSeconds is not null && !result.RetryEligible)
        {
            errors["retryInSeconds"] = ["Only for a result that is retryEligible."];
        }

        if (request.RetryInSeconds is < 0 or double.NaN)
        {
            errors["retryInSeconds"] = ["Must be 0 or more."];
        }

        if (result.Success && (result.RetryEligible || result.ErrorDetails is not null))
        {
            errors["result.success"] = ["A success has no errorDetails and is not retryEligible."];
        }

        if (!result.Success && result.ErrorDetails is null)
        {
            errors["result.errorDetails"] = ["Required unless result.success is true."];
        }

        return errors;
    }
}
