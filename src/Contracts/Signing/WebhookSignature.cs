using System.Security.Cryptography;
using System.Text;

namespace Waybill.Notifications.Signing;

/// <summary>
/// One signature of the Standard Webhooks specification, version v1: HMAC-SHA256 over <c>id.timestamp.body</c>. The body is
/// added as it comes, so that nobody has to keep it.
/// </summary>
public sealed class WebhookSignature : IDisposable
{
    private readonly IncrementalHash _hmac;

    /// <param name="key">What <see cref="SigningSecret.Parse"/> gives.</param>
    /// <param name="timestamp">Seconds since 1970, as in the header.</param>
    public WebhookSignature(byte[] key, string id, long timestamp)
    {
        _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        _hmac.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{id}.{timestamp}.")));
    }

    public void Append(ReadOnlySpan<byte> body) => _hmac.AppendData(body);

    /// <returns>As in the header: <c>v1,</c> and the base 64.</returns>
    public string Complete() => $"v1,{Convert.ToBase64String(_hmac.GetHashAndReset())}";

    public void Dispose() => _hmac.Dispose();
}
