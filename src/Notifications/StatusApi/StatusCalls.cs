using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Waybill.Notifications.StatusApi;

/// <summary>One HTTP call to the internal API; whatever goes wrong is a <see cref="StatusUnavailableException"/>.</summary>
internal sealed class StatusCalls(HttpClient http)
{
    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };

        try
        {
            return await http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new StatusUnavailableException($"The status service cannot be reached: {exception.Message}", exception)
            {
                NothingWritten = exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError,
            };
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StatusUnavailableException("The status service did not answer in time.", exception);
        }
    }

    /// <summary>What is always there.</summary>
    public async Task<T> Get<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await Send(HttpMethod.Get, path, null, cancellationToken);

        return response.StatusCode == HttpStatusCode.OK
            ? await Read(response, type, cancellationToken)
            : throw await Unexpected(response, cancellationToken);
    }

    public static async Task<T> Read<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken)
                ?? throw new StatusUnavailableException("The status service answered null.");
        }
        catch (Exception exception) when (exception is JsonException or HttpRequestException or IOException)
        {
            throw new StatusUnavailableException($"The status service's answer cannot be read: {exception.Message}", exception);
        }
    }

    public static async Task<StatusUnavailableException> Unexpected(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return new StatusUnavailableException($"The status service answered {(int)response.StatusCode}: {text}")
        {
            NothingWritten = response.Headers.TryGetValues(StatusClient.NothingWrittenHeader, out _),
        };
    }
}
