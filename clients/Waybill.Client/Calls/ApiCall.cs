using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Waybill.Client.Calls;

/// <summary>What one service is asked, as often as it has to be.</summary>
internal sealed record ApiCall(HttpMethod Method, string Path)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json") { CharSet = "utf-8" };
    private static readonly MediaTypeHeaderValue MergePatch = new("application/merge-patch+json");

    private byte[]? _body;
    private MediaTypeHeaderValue _mediaType = Json;

    public string? IdempotencyKey { get; init; }

    /// <summary>The version that was read; null for whichever there is.</summary>
    public int? IfVersion { get; init; }

    /// <summary>Each of its parts has a key of its own.</summary>
    public bool HasKeysInside { get; init; }

    /// <summary>What it does is done once, however often it is made.</summary>
    public bool IsRepeatable => Method == HttpMethod.Get || IdempotencyKey is not null || HasKeysInside;

    public static ApiCall Get(string path) => new(HttpMethod.Get, path);

    public static ApiCall Delete(string path) => new(HttpMethod.Delete, path);

    public static ApiCall Post(string path) => new(HttpMethod.Post, path);

    public static ApiCall Post<T>(string path, T body, JsonTypeInfo<T> type) => Post(path).With(body, type, Json);

    public static ApiCall Patch<T>(string path, T body, JsonTypeInfo<T> type) => new ApiCall(HttpMethod.Patch, path).With(body, type, MergePatch);

    /// <returns>Null for none. New for each request, which disposes of it.</returns>
    public HttpContent? Content() => _body is null ? null : new ByteArrayContent(_body) { Headers = { ContentType = _mediaType } };

    private ApiCall With<T>(T body, JsonTypeInfo<T> type, MediaTypeHeaderValue mediaType) => this with
    {
        _body = JsonSerializer.SerializeToUtf8Bytes(body, type),
        _mediaType = mediaType,
    };
}
