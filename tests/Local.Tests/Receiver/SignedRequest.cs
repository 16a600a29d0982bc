using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Waybill.Local.Tests.Receiver;

/// <summary>A request as a sender that keeps to the specification makes it; each test then spoils what it is about.</summary>
internal sealed class SignedRequest
{
    public string Id { get; set; } = "ntf_1";

    public string Timestamp { get; set; } = Now(TimeSpan.Zero);

    public string Signature { get; set; } = "";

    public string Body { get; set; } = """{ "order": 4711 }""";

    public static string Now(TimeSpan offset) =>
        (DateTimeOffset.UtcNow + offset).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>With the platform's HMAC alone, so that it says something about the code that checks it.</summary>
    public string Sign(string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var signed = Encoding.UTF8.GetBytes($"{Id}.{Timestamp}.{Body}");

        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}";
    }

    public HttpRequestMessage To(string url)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(Body) };
        Add("webhook-id", Id);
        Add("webhook-timestamp", Timestamp);
        Add("webhook-signature", Signature);

        return request;

        void Add(string name, string value)
        {
            if (value.Length > 0)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }
}
