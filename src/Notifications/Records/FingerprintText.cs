using System.Buffers.Text;
using System.Security.Cryptography;

namespace Waybill.Notifications.Records;

/// <summary>How what tells requests with one idempotency key apart is stored: 128 bits, which keeps records small, 22 characters.</summary>
public static class FingerprintText
{
    private const int Bytes = 16;

    /// <param name="request">All that the request asks for, such that no two different ones give the same bytes.</param>
    public static string Of(ReadOnlySpan<byte> request)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(request, hash);
        return Base64Url.EncodeToString(hash[..Bytes]);
    }
}
