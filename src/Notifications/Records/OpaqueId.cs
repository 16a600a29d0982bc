using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Waybill.Notifications.Records;

/// <summary>Ids of one kind: a prefix and 26 characters of Crockford's base 32 (128 bits).</summary>
internal sealed class OpaqueId(string prefix)
{
    private const int Digits = 26;
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>The first 48 bits are the time in milliseconds and the rest is random.</summary>
    public string New(DateTimeOffset now)
    {
        Span<byte> bits = stackalloc byte[16];
        RandomNumberGenerator.Fill(bits);

        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, now.ToUnixTimeMilliseconds());
        time[2..].CopyTo(bits);

        return Of(bits);
    }

    /// <param name="bits">16 bytes.</param>
    public string Of(ReadOnlySpan<byte> bits)
    {
        var value = BinaryPrimitives.ReadUInt128BigEndian(bits);
        Span<char> text = stackalloc char[Digits];

        for (var i = Digits - 1; i >= 0; i--)
        {
            text[i] = Alphabet[(int)(value & 31)];
            value >>= 5;
        }

        return string.Concat(prefix, text);
    }

    public bool IsValid(string? id) =>
        id is not null
        && id.Length == prefix.Length + Digits
        && id.StartsWith(prefix, StringComparison.Ordinal)
        && !id.AsSpan(prefix.Length).ContainsAnyExcept(Alphabet);
}
