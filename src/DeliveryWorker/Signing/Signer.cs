using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Waybill.DeliveryWorker.Signing;

/// <summary>Signs deliveries as the Standard Webhooks specification says: HMAC-SHA256 over id, timestamp and body, version v1.</summary>
public sealed class Signer(IOptionsMonitor<SigningOptions> options)
{
    /// <param name="timestamp">Seconds since 1970, as in the header.</param>
    /// <returns>One signature for each active secret, separated by spaces; null when the owner has none.</returns>
    public string? Sign(string owner, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        if (!options.CurrentValue.Owners.TryGetValue(owner, out var active))
        {
            return null;
        }

        var signatures = new List<string>();

        foreach (var secret in active.Secrets)
        {
            signatures.Add(Sign(SigningSecret.Parse(secret)!, $"{id}.{timestamp}.", body));
        }

        return string.Join(' ', signatures);
    }

    private static string Sign(byte[] key, string head, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes(head));
        hmac.AppendData(body);

        return $"v1,{Convert.ToBase64String(hmac.GetHashAndReset())}";
    }
}
