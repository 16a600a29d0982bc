using System.Net;
using System.Text;

namespace Waybill.Client.Tests;

/// <summary>A service that gives one answer after the other, and keeps what it was asked.</summary>
internal sealed class Service : HttpMessageHandler
{
    private readonly Queue<(HttpStatusCode Status, string? Body, string MediaType)> _answers = new();

    /// <summary>Method and URL of each request.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Its body; null for none.</summary>
    public string? Body { get; private set; }

    /// <summary>Of the last request, by name, with those of its body.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; private set; } = new Dictionary<string, string>();

    public void Answer(HttpStatusCode status, string? body = null, string mediaType = "application/json") => _answers.Enqueue((status, body, mediaType));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked.Add($"{request.Method} {request.RequestUri!.AbsoluteUri}");
        Body = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : null;
        Headers = request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
            .ToDictionary(header => header.Key, header => string.Join(',', header.Value));

        var (status, body, mediaType) = _answers.Dequeue();
        var response = new HttpResponseMessage(status);

        if (body is not null)
        {
            response.Content = new StringContent(body, Encoding.UTF8, mediaType);
        }

        return response;
    }
}
