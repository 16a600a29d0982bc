using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.HttpResults;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.IntakeService.Submissions;

/// <summary>Reads a request's body as JSON. The server enforces the size limit while the body streams in.</summary>
internal static class JsonBody
{
    public const string MediaType = "application/json";

    /// <summary>Deep enough for any real payload.</summary>
    private const int MaxDepth = 256;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    /// <returns>The document, which the caller disposes of, or the answer that says why there is none.</returns>
    public static async Task<(JsonDocument? Document, ProblemHttpResult? Refusal)> ReadAsync(HttpRequest request)
    {
        if (!IsJson(request))
        {
            return (null, Problem.Create(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "Send the body as application/json in UTF-8, without a content encoding."));
        }

        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);

        return Parse(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
    }

    private static (JsonDocument? Document, ProblemHttpResult? Refusal) Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return (null, Malformed("The body is empty."));
        }

        if (!Utf8.IsValid(bytes.Span))
        {
            return (null, Malformed("The body is not UTF-8."));
        }

        try
        {
            return (JsonDocument.Parse(bytes, Options), null);
        }
        catch (JsonException exception)
        {
            return (null, Malformed(exception.Message));
        }
    }

    private static ProblemHttpResult Malformed(string detail) =>
        Problem.Create(StatusCodes.Status400BadRequest, "malformed-json", "The body is not JSON.", detail);

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && string.Equals(type.MediaType, MediaType, StringComparison.OrdinalIgnoreCase)
        && (type.CharSet is null || string.Equals(type.CharSet.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase))
        && request.Headers.ContentEncoding.Count == 0;
}
