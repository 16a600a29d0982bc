using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Waybill.Notifications.Client;

/// <summary>Calls of one service.</summary>
internal sealed class ApiCalls(HttpClient http, Uri service, string apiKey)
{
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
            ? await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw NoAnswer(request, response)
            : throw await ProblemAsync(request, response, cancellationToken);
    }

    private static async Task<Exception> ProblemAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != ProblemMediaType)
        {
            return NoAnswer(request, response);
        }

        try
        {
            var problem = await response.Content.ReadFromJsonAsync(ClientJson.Default.WaybillProblem, cancellationToken);
            return new WaybillProblemException(response.StatusCode, problem!, response.Headers.RetryAfter?.Delta);
        }
        catch (JsonException)
        {
            return NoAnswer(request, response);
        }
    }

    /// <summary>Something else listens there, or stands between.</summary>
    private static HttpRequestException NoAnswer(HttpRequestMessage request, HttpResponseMessage response) =>
        new($"{request.RequestUri} answered {(int)response.StatusCode} {response.ReasonPhrase}, which is no answer of Waybill.", null, response.StatusCode);
}
