using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Waybill.Notifications.Sealing;

/// <summary>
/// Seals what is stored and must not be read by who reads the table: AES-256-GCM (NIST SP 800-38D), bound to what it belongs to, so that it opens nowhere else.
/// </summary>
/// <param name="keys">By id; the first one seals, each opens what it has sealed. Without any nothing can be sealed.</param>
public sealed class Sealer(IReadOnlyList<SealingKey> keys)
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyBytes = 32;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>There is a key to seal with.</summary>
    public bool CanSeal => keys.Count > 0;

    /// <param name="belongsTo">Each part of what it is bound to, in order.</param>
    /// <exception cref="SealException">There is no key.</exception>
    public SealedSecret Seal(ReadOnlySpan<byte> secret, params ReadOnlySpan<string> belongsTo)
    {
        if (keys.Count == 0)
        {
            throw new SealException("No key is configured to seal secrets with (Sealing:Keys).");
        }

        var bytes = new byte[NonceBytes + secret.Length + TagBytes];
        var nonce = bytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);

        using var aes = new AesGcm(keys[0].Key, TagBytes);
        aes.Encrypt(nonce, secret, bytes.AsSpan(NonceBytes, secret.Length), bytes.AsSpan(NonceBytes + secret.Length), Associated(belongsTo));

        return new SealedSecret(keys[0].Id, bytes);
    }

    /// <exception cref="SealException">Its key is not there, or it belongs to something else, or was changed.</exception>
    public byte[] Open(SealedSecret secret, params ReadOnlySpan<string> belongsTo)
    {
        var key = keys.FirstOrDefault(key => key.Id == secret.KeyId) ?? throw new SealException($"There is no sealing key '{secret.KeyId}'.");

        if (secret.Bytes.Length < NonceBytes + TagBytes)
        {
            throw new SealException("It is no sealed secret.");
        }

        var opened = new byte[secret.Bytes.Length - NonceBytes - TagBytes];

        try
        {
            using var aes = new AesGcm(key.Key, TagBytes);
            aes.Decrypt(secret.Bytes.AsSpan(0, NonceBytes), secret.Bytes.AsSpan(NonceBytes, opened.Length), secret.Bytes.AsSpan(NonceBytes + opened.Length), opened, Associated(belongsTo));
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new SealException($"It was not sealed for this with the key '{secret.KeyId}'.");
        }

        return opened;
    }

    /// <summary>Each with its length before it, so that no two different lists give the same bytes.</summary>
    private static byte[] Associated(ReadOnlySpan<string> parts)
    {
        using var stream = new MemoryStream();
        Span<byte> length = stackalloc byte[sizeof(int)];

        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            stream.Write(length);
            stream.Write(bytes);
        }

        return stream.ToArray();
    }
}

/// <param name="Id">Not secret: it is stored with what it has sealed.</param>
/// <param name="Key">Of <see cref="Sealer.KeyBytes"/> bytes.</param>
public sealed record SealingKey(string Id, byte[] Key)
{
    /// <summary>Nobody prints it by accident.</summary>
    public override string ToString() => Id;
}

/// <summary>A secret cannot be opened. The message names no secret.</summary>
public sealed class SealException(string message) : Exception(message);
