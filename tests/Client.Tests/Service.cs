using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Waybill.Client.Tests;

/// <summary>A service that gives one answer after the other, and keeps what it was asked.</summary>
internal sealed class Service : HttpMessageHandler
{
    private readonly Queue<Func<CancellationToken, Task<HttpResponseMessage>>> _answers = new();

    /// <summary>Method and URL of each request.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Its body; null for none.</summary>
    public string? Body { get; private set; }

    /// <summary>Of each request; null for none.</summary>
    public List<string?> Keys { get; } = [];

    /// <summary>Of each request; null for none.</summary>
    public List<string?> Bodies { get; } = [];

    /// <summary>Of the last request, by name, with those of its body.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; private set; } = new Dictionary<string, string>();

    public void Answer(HttpStatusCode status, string? body = null, string mediaType = "application/json", RetryConditionHeaderValue? retryAfter = null, DateTimeOffset? date = null) =>
        _answers.Enqueue(_ =>
        {
            var response = new HttpResponseMessage(status) { Headers = { RetryAfter = retryAfter, Date = date } };

            if (body is not null)
            {
                response.Content = new StringContent(body, Encoding.UTF8, mediaType);
            }

            return Task.FromResult(response);
        });

    /// <summary>With a problem of that name; an id says that it is not known whether it was done.</summary>
    public void Refuse(HttpStatusCode status, string name, string? id = null, RetryConditionHeaderValue? retryAfter = null, DateTimeOffset? date = null) =>
        Answer(status, $$"""{ "type": "urn:waybill:problem:{{name}}", "title": "Not now.", "status": {{(int)status}}{{(id is null ? "" : $", \"id\": \"{id}\"")}} }""", "application/problem+json", retryAfter, date);

    /// <summary>There is no answer.</summary>
    public void Break(HttpRequestError error) => _answers.Enqueue(_ => throw new HttpRequestException(error, "It broke."));

    /// <summary>There is no answer, ever.</summary>
    /// <param name="asked">Called when it is waited for.</param>
    public void Hang(Action asked) => _answers.Enqueue(async stop =>
    {
        var never = Task.Delay(Timeout.Infinite, stop);
        asked();
        await never;
        return new HttpResponseMessage();
    });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked.Add($"{request.Method} {request.RequestUri!.AbsoluteUri}");
        Body = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : null;
        Headers = request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
            .ToDictionary(header => header.Key, header => string.Join(',', header.Value));
        Keys.Add(Headers.GetValueOrDefault("Idempotency-Key"));
        Bodies.Add(Body);

        return await _answers.Dequeue()(cancellationToken);
    }
}
