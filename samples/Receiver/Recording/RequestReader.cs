using System.Text;
using Waybill.Notifications.Signing;
using Waybill.Receiver.Verification;

namespace Waybill.Receiver.Recording;

/// <summary>Takes a request apart for the inbox. The body is read to its end, and kept up to a limit.</summary>
public sealed class RequestReader(SigningKeys keys, TimeProvider time)
{
    public const int MostBodyBytes = 65_536;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private long _number;

    public async Task<ReceivedRequest> ReadAsync(HttpRequest request)
    {
        var receivedAt = time.GetUtcNow();
        using var signature = new SignatureCheck(keys, request.Headers, receivedAt);
        var (kept, length) = await ReadBodyAsync(request, signature);
        var truncated = length > kept.Length;
        var text = AsText(kept.Span, truncated);

        return new ReceivedRequest
        {
            Number = Interlocked.Increment(ref _number),
            ReceivedAt = receivedAt,
            Method = request.Method,
            Path = request.Path,
            Query = request.QueryString.Value ?? "",
            Name = request.RouteValues["name"]?.ToString(),
            WebhookId = request.Headers[WebhookHeaders.Id].FirstOrDefault(),
            Signature = keys.Keys.Count > 0 ? signature.Complete() : null,
            Headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()),
            Body = text,
            BodyBase64 = text is null ? Convert.ToBase64String(kept.Span) : null,
            BodyLength = length,
            BodyTruncated = truncated,
        };
    }

    private static async Task<(ReadOnlyMemory<byte> Kept, long Length)> ReadBodyAsync(HttpRequest request, SignatureCheck signature)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[16_384];
        var length = 0L;

        while (true)
        {
            var read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted);

            if (read == 0)
            {
                return (kept.ToArray(), length);
            }

            signature.Append(buffer.AsSpan(0, read));
            kept.Write(buffer, 0, (int)Math.Min(read, MostBodyBytes - kept.Length));
            length += read;
        }
    }

    /// <returns>Null when the bytes are not UTF-8. A character that the limit cut in two is left out.</returns>
    private static string? AsText(ReadOnlySpan<byte> body, bool truncated)
    {
        var characters = new char[StrictUtf8.GetMaxCharCount(body.Length)];

        try
        {
            var count = StrictUtf8.GetDecoder().GetChars(body, characters, flush: !truncated);
            return new string(characters, 0, count);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
