using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Waybill.Notifications.Records;

/// <summary>
/// Ids are opaque to clients: <c>ntf_</c> and 26 characters of Crockford's base 32 (128 bits).
/// Without an idempotency key the first 48 bits are the time in milliseconds and the rest is random;
/// with one, all bits come from owner and key, so that a repeat meets its own record.
/// </summary>
public static class NotificationId
{
    public const string Prefix = "ntf_";
    private const int Digits = 26;
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string New(DateTimeOffset now)
    {
        Span<byte> bits = stackalloc byte[16];
        RandomNumberGenerator.Fill(bits);

        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, now.ToUnixTimeMilliseconds());
        time[2..].CopyTo(bits);

        return Encode(bits);
    }

    public static string FromIdempotencyKey(string owner, string key)
    {
        // The length before the owner keeps ("ab", "c") and ("a", "bc") apart.
        var text = $"{owner.Length}:{owner}{key}";
        return Encode(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }

    public static bool IsValid(string? id) =>
        id is not null
        && id.Length == Prefix.Length + Digits
        && id.StartsWith(Prefix, StringComparison.Ordinal)
        && !id.AsSpan(Prefix.Length).ContainsAnyExcept(Alphabet);

    private static string Encode(ReadOnlySpan<byte> bits)
    {
        var value = BinaryPrimitives.ReadUInt128BigEndian(bits);
        Span<char> text = stackalloc char[Digits];

        for (var i = Digits - 1; i >= 0; i--)
        {
            text[i] = Alphabet[(int)(value & 31)];
            value >>= 5;
        }

        return string.Concat(Prefix, text);
    }
}
