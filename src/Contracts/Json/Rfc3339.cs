using System.Globalization;

namespace Waybill.Notifications.Json;

/// <summary>
/// The one reader of times, wherever one is given: in a body, in a query, between services, on the command line. It takes what RFC 3339,
/// section 5.6, has and nothing else; a time without its offset is refused rather than guessed at.
/// </summary>
public static class Rfc3339
{
    /// <summary>Completes "must be …".</summary>
    public const string Allowed = "a time as RFC 3339 has it, with its offset, such as 2030-01-31T08:00:00Z";

    private const string Shape = "0000-00-00T00:00:00";
    private const string OffsetShape = "+00:00";
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>Of a fraction; what is finer is cut.</summary>
    private const int MostDigits = 7;

    /// <summary>In UTC with milliseconds.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <param name="time">In UTC, in steps of 100 ns. A leap second (23:59:60 UTC) is taken for the second after it.</param>
    /// <returns>False for what is no time, or none of the years 0001 to 9999 in UTC.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;

        if (!HasShape(text, Shape) || Fraction(text[Shape.Length..], out var fractionLength) is not { } fraction || Offset(text[(Shape.Length + fractionLength)..]) is not { } offset)
        {
            return false;
        }

        var (year, month, day) = (Number(text[..4]), Number(text[5..7]), Number(text[8..10]));
        var (hour, minute, second) = (Number(text[11..13]), Number(text[14..16]), Number(text[17..19]));

        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        var ticks = new DateTime(year, month, day, hour, minute, 0, DateTimeKind.Utc).Ticks - offset.Ticks;

        if (second == 60 && !IsLastMinuteOfDay(ticks))
        {
            return false;
        }

        ticks += (second * TimeSpan.TicksPerSecond) + fraction;

        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        time = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    private static bool IsLastMinuteOfDay(long ticks) =>
        ticks % TimeSpan.TicksPerDay == TimeSpan.TicksPerDay - TimeSpan.TicksPerMinute;

    /// <summary>Digits where the shape has a 0, otherwise its own characters; a T may be small.</summary>
    private static bool HasShape(ReadOnlySpan<char> text, string shape)
    {
        if (text.Length < shape.Length)
        {
            return false;
        }

        for (var index = 0; index < shape.Length; index++)
        {
            var isAsExpected = shape[index] switch
            {
                '0' => char.IsAsciiDigit(text[index]),
                'T' => text[index] is 'T' or 't',
                '+' => text[index] is '+' or '-',
                var separator => text[index] == separator,
            };

            if (!isAsExpected)
            {
                return false;
            }
        }

        return true;
    }

    /// <returns>In ticks of 100 ns; null where there is a point without a digit.</returns>
    private static long? Fraction(ReadOnlySpan<char> text, out int length)
    {
        length = 0;

        if (text is not ['.', .. var rest])
        {
            return 0;
        }

        var end = rest.IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? rest : rest[..end];
        length = digits.Length + 1;
        long ticks = 0;

        for (var index = 0; index < MostDigits; index++)
        {
            ticks = (ticks * 10) + (index < digits.Length ? digits[index] - '0' : 0);
        }

        return digits.IsEmpty ? null : ticks;
    }

    private static TimeSpan? Offset(ReadOnlySpan<char> text)
    {
        if (text is "Z" or "z")
        {
            return TimeSpan.Zero;
        }

        if (text.Length != OffsetShape.Length || !HasShape(text, OffsetShape))
        {
            return null;
        }

        var (hours, minutes) = (Number(text[1..3]), Number(text[4..6]));

        if (hours > 23 || minutes > 59)
        {
            return null;
        }

        var offset = new TimeSpan(hours, minutes, 0);
        return text[0] == '-' ? -offset : offset;
    }

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
