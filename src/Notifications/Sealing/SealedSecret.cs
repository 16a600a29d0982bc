using System.Text.Json.Serialization;

namespace Waybill.Notifications.Sealing;

/// <summary>A secret that only <see cref="Sealer"/> can read.</summary>
/// <param name="KeyId">Of the key that it is sealed with.</param>
/// <param name="Bytes">Nonce, ciphertext and tag.</param>
public sealed record SealedSecret([property: JsonRequired] string KeyId, [property: JsonRequired] byte[] Bytes)
{
    /// <summary>Nobody prints it by accident.</summary>
    public override string ToString() => $"sealed with '{KeyId}'";
}
