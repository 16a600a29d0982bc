using System.Net.Http.Headers;
using System.Text.Json;

namespace Waybill.Bench.Asking;

/// <summary>Asks over HTTP, as a client does.</summary>
internal sealed class Asker(Uri status) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null }) { BaseAddress = status };

    /// <exception cref="InvalidOperationException">The answer is not what was stored.</exception>
    public async Task AskAsync(Question question, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, question.Path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", question.Key) } };
        using var response = await _http.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        using var answer = JsonDocument.Parse(body);

        if (!response.IsSuccessStatusCode || !question.IsRight(answer.RootElement))
        {
            throw new InvalidOperationException($"{question.Name}: the answer to {question.Path} is not what was stored. {answer.RootElement}");
        }
    }

    public void Dispose() => _http.Dispose();
}
