using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Waybill.Notifications.Records;

/// <summary>Ids of one kind: a prefix and 26 characters of Crockford's base 32 (128 bits).</summary>
internal sealed class OpaqueId(string prefix)
{
    /// <summary>Of the bits in an id.</summary>
    public const int Bytes = 16;

    private const int Digits = 26;
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>The first 48 bits are the time in milliseconds and the rest is random.</summary>
    public string New(DateTimeOffset now)
    {
        Span<byte> bits = stackalloc byte[Bytes];
        RandomNumberGenerator.Fill(bits);

        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, now.ToUnixTimeMilliseconds());
        time[2..].CopyTo(bits);

        return Of(bits);
    }

    /// <param name="bits">As many as <see cref="Bytes"/>.</param>
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

    /// <summary>What <see cref="Of"/> makes the id from.</summary>
    /// <param name="id">A valid one.</param>
    /// <param name="bits">As many as <see cref="Bytes"/> are written.</param>
    private void WriteBits(string id, Span<byte> bits)
    {
        UInt128 value = 0;

        foreach (var digit in id.AsSpan(prefix.Length))
        {
            value = (value << 5) | (uint)Alphabet.IndexOf(digit, StringComparison.Ordinal);
        }

        BinaryPrimitives.WriteUInt128BigEndian(bits, value);
    }

    /// <summary>Many of them in little space, <see cref="Bytes"/> each, in their order.</summary>
    /// <param name="ids">Valid ones.</param>
    public byte[] Pack(IReadOnlyList<string> ids)
    {
        var bytes = new byte[ids.Count * Bytes];

        for (var i = 0; i < ids.Count; i++)
        {
            WriteBits(ids[i], bytes.AsSpan(i * Bytes));
        }

        return bytes;
    }

    /// <summary>What <see cref="Pack"/> has packed.</summary>
    /// <exception cref="FormatException">It has not packed that.</exception>
    public IReadOnlyList<string> Unpack(byte[] bytes) => bytes.Length % Bytes == 0
        ? [.. bytes.Chunk(Bytes).Select(bits => Of(bits))]
        : throw new FormatException($"{bytes.Length} bytes are no ids of {Bytes} each.");

    public bool IsValid(string? id) =>
        id is not null
        && id.Length == prefix.Length + Digits
        && id.StartsWith(prefix, StringComparison.Ordinal)
        && !id.AsSpan(prefix.Length).ContainsAnyExcept(Alphabet);
}
