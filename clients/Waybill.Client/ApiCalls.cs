using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Waybill.Client;

/// <summary>Calls of one service.</summary>
internal sealed class ApiCalls(HttpClient http, Uri service, string apiKey)
{
    private const string JsonMediaType = "application/json";
    private const string ProblemMediaType = "application/problem+json";

    private readonly Uri _base = service.AbsoluteUri.EndsWith('/') ? service : new Uri(service.AbsoluteUri + "/");
    private readonly AuthenticationHeaderValue _authorization = new("Bearer", apiKey);

    public async Task<T> SendAsync<T>(
        HttpMethod method,
        string path,
        HttpContent? content,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken,
        string? idempotencyKey = null,
        int? ifVersion = null)
    {
        using var request = Request(method, path, ifVersion);
        request.Content = content;

        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        using var response = await http.SendAsync(request, cancellationToken);

        return response.IsSuccessStatusCode
            ? await ReadAsync(request, response, JsonMediaType, type, cancellationToken)
            : throw await ProblemAsync(request, response, cancellationToken);
    }

    /// <summary>For what is answered with nothing.</summary>
    public async Task SendAsync(HttpMethod method, string path, CancellationToken cancellationToken, int? ifVersion)
    {
        using var request = Request(method, path, ifVersion);
        using var response = await http.SendAsync(request, cancellationToken);

        if (response.StatusCode != HttpStatusCode.NoContent)
        {
            throw response.IsSuccessStatusCode ? NoAnswer(request, response) : await ProblemAsync(request, response, cancellationToken);
        }
    }

    /// <returns>The answer as soon as its headers are there, for the caller to read and dispose of.</returns>
    public async Task<HttpResponseMessage> OpenAsync(string path, string mediaType, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, path);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

        if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == mediaType)
        {
            return response;
        }

        using (response)
        {
            throw response.IsSuccessStatusCode ? NoAnswer(request, response) : await ProblemAsync(request, response, cancellationToken);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, int? ifVersion = null)
    {
        var request = new HttpRequestMessage(method, new Uri(_base, path)) { Headers = { Authorization = _authorization } };

        if (ifVersion is { } version)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{version}\"")));
        }

        return request;
    }

    private static async Task<WaybillProblemException> ProblemAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken) =>
        new(
            response.StatusCode,
            await ReadAsync(request, response, ProblemMediaType, ClientJson.Default.WaybillProblem, cancellationToken),
            response.Headers.RetryAfter?.Delta);

    private static async Task<T> ReadAsync<T>(
        HttpRequestMessage request,
        HttpResponseMessage response,
        string mediaType,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != mediaType)
        {
            throw NoAnswer(request, response);
        }

        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw NoAnswer(request, response);
        }
        catch (JsonException)
        {
            throw NoAnswer(request, response);
        }
    }

    /// <summary>Something else listens there, or stands between.</summary>
    private static HttpRequestException NoAnswer(HttpRequestMessage request, HttpResponseMessage response) =>
        new($"{request.RequestUri} answered {(int)response.StatusCode} {response.ReasonPhrase}, which is no answer of Waybill.", null, response.StatusCode);
}
