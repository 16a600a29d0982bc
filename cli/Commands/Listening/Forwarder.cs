using System.Diagnostics;
using System.Globalization;
using System.Text;
using Waybill.Client;
using Waybill.Notifications.Records;
using Waybill.Notifications.Signing;

namespace Waybill.Cli.Commands.Listening;

/// <summary>Makes the call that the endpoint gets, to another URL: the same method, body and headers, with a timestamp and a signature of now.</summary>
/// <param name="key">Null where nothing is signed.</param>
internal sealed class Forwarder(Uri target, byte[]? key) : IDisposable
{
    /// <summary>As the API shows a header's value that looks secret.</summary>
    private const string Masked = "***";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }) { Timeout = Patience };

    /// <returns>What came of it: what goes wrong at the target is said there, and thrown nowhere.</returns>
    public async Task<Forwarded> ForwardAsync(NotificationView notification, StoredRequest stored, CancellationToken cancellationToken)
    {
        var forwarded = new Forwarded { Id = notification.Id, WebhookId = notification.EventId ?? notification.Id, EventType = notification.EventType };
        using var request = Request(stored, forwarded.WebhookId);
        var begin = Stopwatch.GetTimestamp();

        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return forwarded with { StatusCode = (int)answer.StatusCode, ResponseTime = Stopwatch.GetElapsedTime(begin).TotalMilliseconds };
        }
        catch (HttpRequestException exception)
        {
            return forwarded with { Error = $"{target}: {exception.Message}" };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return forwarded with { Error = $"{target}: no answer within {Patience.TotalSeconds:0} s" };
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(StoredRequest stored, string webhookId)
    {
        var body = Body(stored);
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var request = new HttpRequestMessage(new HttpMethod(stored.Method), target);

        if (body.Length > 0 || stored.ContentType is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", stored.ContentType);
        }

        foreach (var (name, value) in stored.Headers.Where(header => header.Value != Masked))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.TryAddWithoutValidation(WebhookHeaders.Id, webhookId);
        request.Headers.TryAddWithoutValidation(WebhookHeaders.Timestamp, timestamp.ToString(CultureInfo.InvariantCulture));

        if (key is not null)
        {
            using var signature = new WebhookSignature(key, webhookId, timestamp);
            signature.Append(body);
            request.Headers.TryAddWithoutValidation(WebhookHeaders.Signature, signature.Complete());
        }

        return request;
    }

    /// <summary>Byte for byte: the API shows JSON as it is sent.</summary>
    private static byte[] Body(StoredRequest stored) => stored switch
    {
        { Payload: { } json } => Encoding.UTF8.GetBytes(json.GetRawText()),
        { PayloadText: { } text } => Encoding.UTF8.GetBytes(text),
        { PayloadBase64: { } bytes } => Convert.FromBase64String(bytes),
        _ => [],
    };
}
