using Microsoft.AspNetCore.Http.Features;
using Waybill.IntakeService.Reading;

namespace Waybill.IntakeService.Endpoints;

/// <summary>A body that may be left out, as all of its fields may.</summary>
internal static class OptionalBody
{
    /// <param name="answer">Gets null when there is none.</param>
    public static Task<IResult> AnswerAsync(HttpContext context, BodyMemory memory, Func<JsonBody?, Task<IResult>> answer) =>
        context.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody ? JsonBody.AnswerAsync(context, memory, [], answer) : answer(null);
}
