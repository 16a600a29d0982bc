using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.IntakeService.Reading;

/// <summary>A request's body, read as JSON. The server enforces the size limit while the body streams in.</summary>
internal sealed class JsonBody : IDisposable
{
    public const string MediaType = "application/json";

    /// <summary>RFC 7396.</summary>
    public const string MergePatchMediaType = "application/merge-patch+json";

    private readonly HeldBody _bytes;

    private JsonBody(HeldBody bytes, JsonOutline json)
    {
        _bytes = bytes;
        Json = json;
    }

    /// <summary>No longer after <see cref="DropBytes"/>.</summary>
    public JsonOutline Json { get; }

    /// <summary>Answers a request by its body, or says what is wrong with that.</summary>
    /// <param name="apart">Fields whose values are only passed on.</param>
    /// <param name="answer">The body is disposed of when it has answered.</param>
    /// <param name="orMediaType">Another media type that is taken, too.</param>
    public static async Task<IResult> AnswerAsync(
        HttpContext context,
        BodyMemory memory,
        IReadOnlyCollection<string> apart,
        Func<JsonBody, Task<IResult>> answer,
        string orMediaType = MediaType)
    {
        var (body, refusal) = await ReadAsync(context, memory, apart, orMediaType);

        if (body is null)
        {
            return refusal!;
        }

        using (body)
        {
            return await answer(body);
        }
    }

    private static async Task<(JsonBody? Body, IResult? Refusal)> ReadAsync(HttpContext context, BodyMemory memory, IReadOnlyCollection<string> apart, string orMediaType)
    {
        if (!IsJson(context.Request, orMediaType))
        {
            return (null, Problem.Create(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "Send the body as application/json in UTF-8, without a content encoding."));
        }

        var bytes = new HeldBody(memory, context.User.OwnerName());
        var (body, refusal) = ((JsonBody?)null, (IResult?)null);

        try
        {
            (body, refusal) = await bytes.TryReadAsync(context.Request)
                ? Parse(bytes, apart)
                : (null, InFlightLimit.TooMuch("Too many bytes of requests are in flight."));
        }
        finally
        {
            if (body is null)
            {
                bytes.Dispose();
            }
        }

        return (body, refusal);
    }

    /// <summary>Once all was read that is needed of it. The room for it stays taken, as what was made of it has its place there.</summary>
    public void DropBytes()
    {
        Json.Dispose();
        _bytes.DropBytes();
    }

    public void Dispose()
    {
        Json.Dispose();
        _bytes.Dispose();
    }

    private static (JsonBody? Body, IResult? Refusal) Parse(HeldBody bytes, IReadOnlyCollection<string> apart)
    {
        if (bytes.Bytes.IsEmpty)
        {
            return (null, Malformed("The body is empty."));
        }

        if (!Utf8Sequence.IsValid(bytes.Bytes))
        {
            return (null, Malformed("The body is not UTF-8."));
        }

        try
        {
            return (new JsonBody(bytes, JsonOutline.Read(bytes.Bytes, apart)), null);
        }
        catch (JsonException exception)
        {
            return (null, Malformed(exception.Message));
        }
    }

    private static IResult Malformed(string detail) =>
        Problem.Create(StatusCodes.Status400BadRequest, "malformed-json", "The body is not JSON.", detail);

    private static bool IsJson(HttpRequest request, string orMediaType) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (string.Equals(type.MediaType, MediaType, StringComparison.OrdinalIgnoreCase) || string.Equals(type.MediaType, orMediaType, StringComparison.OrdinalIgnoreCase))
        && (type.CharSet is null || string.Equals(type.CharSet.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase))
        && request.Headers.ContentEncoding.Count == 0;
}

/// <summary>Tells the server how many bytes a body may have; a longer one is refused with 413 while it streams in.</summary>
internal sealed record RequestSizeLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
