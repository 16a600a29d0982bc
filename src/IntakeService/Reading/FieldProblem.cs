using Microsoft.AspNetCore.Http.HttpResults;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.IntakeService.Reading;

internal static class FieldProblem
{
    /// <summary>The answer that names every field that is wrong.</summary>
    public static ProblemHttpResult ToProblem(this FieldErrors errors) => errors.TooLarge
        ? Problem.Validation(errors.ToDictionary(), StatusCodes.Status413PayloadTooLarge, "body-too-large")
        : Problem.Validation(errors.ToDictionary());
}
