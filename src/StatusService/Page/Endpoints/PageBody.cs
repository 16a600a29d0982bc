using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Metadata;
using Waybill.Notifications.Reading;

namespace Waybill.StatusService.Page.Endpoints;

/// <summary>What a form sends, read as intake reads a client's request: by the same rules, field by field.</summary>
internal static class PageBody
{
    /// <summary>The server refuses a longer body.</summary>
    public static readonly IRequestSizeLimitMetadata Limit = new SizeLimit(64 * 1024);

    /// <returns>Null when it is no JSON, which <paramref name="errors"/> then say; the caller disposes of it.</returns>
    public static async Task<JsonOutline?> ReadAsync(HttpRequest request, FieldErrors errors)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
        var bytes = buffer.ToArray();

        try
        {
            if (Utf8.IsValid(bytes))
            {
                return JsonOutline.Read(new ReadOnlySequence<byte>(bytes), []);
            }
        }
        catch (JsonException)
        {
            // Said below.
        }

        errors.Add(FieldErrors.Body, "must be a JSON object.");
        return null;
    }

    private sealed record SizeLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
