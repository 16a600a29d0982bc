using System.Globalization;
using System.Text;
using Waybill.Notifications.Signing;

namespace Waybill.Receiving.Tests.Support;

/// <summary>A call as Waybill makes it, with which a test then does something odd.</summary>
internal sealed record Call
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    public const string OtherSecret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    public const string Order = """{"type":"order.paid","order":4711}""";

    public string Id { get; init; } = $"evt_{Guid.NewGuid():N}";

    /// <summary>Seconds since 1970; by default those of <see cref="Clock.Start"/>.</summary>
    public long Timestamp { get; init; } = Clock.Start.ToUnixTimeSeconds();

    public byte[] Body { get; init; } = Encoding.UTF8.GetBytes(Order);

    public string[] Secrets { get; init; } = [Secret];

    /// <summary>Sends it without saying beforehand how long it is.</summary>
    public bool IsChunked { get; init; }

    public string Path { get; init; } = "/hook";

    public IReadOnlyDictionary<string, string[]> Headers => new Dictionary<string, string[]>
    {
        [WebhookHeaders.Id] = [Id],
        [WebhookHeaders.Timestamp] = [Timestamp.ToString(CultureInfo.InvariantCulture)],
        [WebhookHeaders.Signature] = [Signature],
    };

    public string Signature => string.Join(' ', Secrets.Select(SignatureWith));

    public HttpRequestMessage ToRequest(IReadOnlyDictionary<string, string[]>? headers = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new ByteArrayContent(Body) };
        request.Headers.TransferEncodingChunked = IsChunked ? true : null;

        foreach (var (name, values) in headers ?? Headers)
        {
            request.Headers.TryAddWithoutValidation(name, values);
        }

        return request;
    }

    private string SignatureWith(string secret)
    {
        using var signature = new WebhookSignature(SigningSecret.Parse(secret)!, Id, Timestamp);
        signature.Append(Body);
        return signature.Complete();
    }
}
