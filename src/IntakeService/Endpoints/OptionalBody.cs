using Microsoft.AspNetCore.Http.Features;
using Waybill.IntakeService.Reading;

namespace Waybill.IntakeService.Endpoints;

/// <summary>A body that may be left out, as all of its fields may.</summary>
internal static class OptionalBody
{
    /// <returns>Both null: there is none.</returns>
    public static async Task<(JsonBody? Body, IResult? Refusal)> ReadAsync(HttpContext context, BodyMemory memory) =>
        context.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody ? await JsonBody.ReadAsync(context, memory, []) : (null, null);
}
