using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Waybill.Bench.Offering;

/// <summary>Posts notifications, each once: what is refused is counted, not repeated.</summary>
internal sealed class SubmissionClient : IDisposable
{
    private readonly HttpClient _http;

    public SubmissionClient(Uri intake, string key, int connections)
    {
        // No traceparent: each notification begins a trace of its own, as it does for a client without tracing.
        var handler = new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null, MaxConnectionsPerServer = connections };
        _http = new HttpClient(handler) { BaseAddress = intake };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public async Task<Offer> PostAsync(int number, Destination destination, long dueAt, HttpContent content, CancellationToken cancellationToken)
    {
        var posted = Stopwatch.GetTimestamp();
        var (id, problem) = await PostAsync("/v1/notifications", content, cancellationToken);

        return new Offer(number, destination, dueAt, posted, Stopwatch.GetTimestamp(), id, problem);
    }

    /// <returns>The id of what was accepted or made, or why it was not.</returns>
    public async Task<(string? Id, string? Problem)> PostAsync(string path, HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.PostAsync(path, content, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);

            return response.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.Created
                ? (Text(body, "id"), null)
                : (null, $"intake answered {(int)response.StatusCode} {Text(body, "type")}");
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or KeyNotFoundException)
        {
            return (null, exception.Message);
        }
        finally
        {
            content.Dispose();
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Text(byte[] body, string member)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty(member).GetString()!;
    }
}
