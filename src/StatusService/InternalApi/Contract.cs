using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Waybill.StatusService.InternalApi;

/// <summary>
/// Bodies of internal calls, read in one way whichever way they come. What is required must be there; what this release does not know is
/// passed over, as releases mix.
/// </summary>
internal static class Contract
{
    /// <exception cref="JsonException">It is not what is asked for; the message names what is wrong or missing.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(body.Span, type) ?? throw new JsonException("The body is null.");

    /// <exception cref="JsonException">It is not what is asked for.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return Read(body.GetBuffer().AsMemory(0, (int)body.Length), type);
    }
}
