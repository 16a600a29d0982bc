using System.Security.Cryptography;
using System.Text;
using Waybill.Notifications.Signing;

namespace Waybill.Receiving.Verification;

/// <summary>Whether one of a call's signatures was made with one of the keys, over its id, its time and its body.</summary>
internal static class SignatureCheck
{
    public static bool Holds(IReadOnlyList<byte[]> keys, WebhookCallHeaders headers, ReadOnlySpan<byte> body)
    {
        foreach (var key in keys)
        {
            using var signature = new WebhookSignature(key, headers.Id, headers.Timestamp);
            signature.Append(body);

            if (IsAmong(headers.Signatures, Encoding.ASCII.GetBytes(signature.Complete())))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes as long for a nearly right signature as for any other, so that nobody can guess one bit by bit. Those of other versions are never equal.</summary>
    private static bool IsAmong(IReadOnlyList<string> signatures, byte[] expected) =>
        signatures.Any(given => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), expected));
}
