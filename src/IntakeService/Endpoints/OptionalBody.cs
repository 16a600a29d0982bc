using Waybill.IntakeService.Reading;

namespace Waybill.IntakeService.Endpoints;

/// <summary>A body that may be left out, as all of its fields may.</summary>
internal static class OptionalBody
{
    /// <returns>Both null: there is none.</returns>
    public static async Task<(JsonBody? Body, IResult? Refusal)> ReadAsync(HttpContext context, BodyMemory memory) =>
        context.Request.ContentLength is null or 0 && context.Request.ContentType is null ? (null, null) : await JsonBody.ReadAsync(context, memory, []);
}
