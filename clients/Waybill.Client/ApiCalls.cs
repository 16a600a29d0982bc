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
        string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_base, path)) { Content = content };
        request.Headers.Authorization = _authorization;

        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        using var response = await http.SendAsync(request, cancellationToken);

        return response.IsSuccessStatusCode
            ? await ReadAsync(request, response, JsonMediaType, type, cancellationToken)
            : throw new WaybillProblemException(
                response.StatusCode,
                await ReadAsync(request, response, ProblemMediaType, ClientJson.Default.WaybillProblem, cancellationToken),
                response.Headers.RetryAfter?.Delta);
    }

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
