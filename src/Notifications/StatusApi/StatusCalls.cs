using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Waybill.Notifications.StatusApi;

/// <summary>One HTTP call to the internal API; that there is no answer is a <see cref="StatusUnavailableException"/>.</summary>
internal sealed class StatusCalls(HttpClient http)
{
    private static readonly MediaTypeHeaderValue JsonType = new("application/json");

    /// <summary>How long an answer may take, from the call on.</summary>
    public TimeSpan Timeout => http.Timeout;

    /// <param name="body">JSON; empty for none.</param>
    public async Task<StatusResponse> Send(HttpMethod method, string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body.IsEmpty ? null : Content(body, JsonType) };
        using var response = await Send(request, HttpCompletionOption.ResponseContentRead, cancellationToken);

        return new StatusResponse(
            response.StatusCode,
            await response.Content.ReadAsByteArrayAsync(cancellationToken),
            response.Headers.NonValidated.Contains(StatusClient.NothingWrittenHeader));
    }

    public async Task<HttpResponseMessage> Send(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, completion, cancellationToken);
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
        var answer = await Send(HttpMethod.Get, path, default, cancellationToken);
        return answer.Status == HttpStatusCode.OK ? answer.Read(type) : throw answer.Unexpected();
    }

    /// <param name="type">Null for no body.</param>
    /// <returns>Empty for none.</returns>
    public static ReadOnlyMemory<byte> Json<T>(T? body, JsonTypeInfo<T>? type) => type is null ? default : JsonSerializer.SerializeToUtf8Bytes(body!, type);

    public static ReadOnlyMemoryContent Content(ReadOnlyMemory<byte> body, MediaTypeHeaderValue type)
    {
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = type;
        return content;
    }
}
