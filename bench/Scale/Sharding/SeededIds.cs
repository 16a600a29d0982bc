using System.Buffers.Binary;
using System.Globalization;
using Waybill.Notifications.Records;

namespace Waybill.Bench.Scale.Sharding;

/// <summary>Ids of both kinds, the same for the same seed.</summary>
internal static class SeededIds
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Digits = 26;

    /// <summary>Of submissions with an idempotency key, made by the production code.</summary>
    public static IEnumerable<string> OfKeys(int seed, int count) => Enumerable.Range(0, count)
        .Select(number => NotificationId.FromIdempotencyKey("bench", string.Create(CultureInfo.InvariantCulture, $"{seed}-{number}")));

    /// <summary>
    /// Of submissions without one: as the production code makes them, which takes its randomness from the system and so cannot repeat
    /// itself. A thousand a second, from a fixed time on.
    /// </summary>
    public static IEnumerable<string> InTime(int seed, int count)
    {
        var random = new Random(seed);
        var bits = new byte[16];
        var start = new DateTimeOffset(2026, 11, 20, 19, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

        for (var number = 0; number < count; number++)
        {
            random.NextBytes(bits);
            BinaryPrimitives.WriteInt64BigEndian(bits, ((start + number) << 16) | random.NextInt64(1 << 16));
            yield return Text(BinaryPrimitives.ReadUInt128BigEndian(bits));
        }
    }

    private static string Text(UInt128 value) => string.Create(NotificationId.Prefix.Length + Digits, value, (text, rest) =>
    {
        NotificationId.Prefix.CopyTo(text);

        for (var i = text.Length - 1; i >= NotificationId.Prefix.Length; i--)
        {
            text[i] = Alphabet[(int)(rest & 31)];
            rest >>= 5;
        }
    });
}
