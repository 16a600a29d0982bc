using System.Text;

namespace Waybill.Notifications.Urls;

/// <summary>
/// RFC 3492: a label in ASCII. By hand, as the platform's own (<c>IdnMapping</c>) checks labels by the rules of 2003 on the way.
/// </summary>
internal static class Punycode
{
    private const int Base = 36;
    private const int MinThreshold = 1;
    private const int MaxThreshold = 26;
    private const int InitialBias = 72;
    private const int FirstNonAscii = 128;
    private const string Digits = "abcdefghijklmnopqrstuvwxyz0123456789";

    public static string Encode(IReadOnlyList<int> label)
    {
        var text = new StringBuilder();

        foreach (var codePoint in label.Where(codePoint => codePoint < FirstNonAscii))
        {
            text.Append((char)codePoint);
        }

        var handled = text.Length;
        var basic = handled;

        if (basic > 0)
        {
            text.Append('-');
        }

        long delta = 0;
        var bias = InitialBias;
        var next = FirstNonAscii;

        while (handled < label.Count)
        {
            var least = label.Where(codePoint => codePoint >= next).Min();
            delta += (long)(least - next) * (handled + 1);
            next = least;

            foreach (var codePoint in label)
            {
                if (codePoint < next)
                {
                    delta++;
                }
                else if (codePoint == next)
                {
                    Write(text, delta, bias);
                    bias = Adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }

            delta++;
            next++;
        }

        return text.ToString();
    }

    /// <returns>Null when it is no Punycode.</returns>
    public static List<int>? Decode(string text)
    {
        var dash = text.LastIndexOf('-');
        var label = text[..Math.Max(dash, 0)].Select(letter => (int)letter).ToList();
        var at = dash > 0 ? dash + 1 : 0;
        var bias = InitialBias;
        long next = FirstNonAscii;
        long position = 0;

        while (at < text.Length)
        {
            if (ReadDelta(text, ref at, bias) is not { } delta)
            {
                return null;
            }

            var count = label.Count + 1;
            bias = Adapt(delta, count, position == 0);
            position += delta;
            next += position / count;

            if (next > 0x10FFFF || next is >= 0xD800 and <= 0xDFFF)
            {
                return null;
            }

            label.Insert((int)(position % count), (int)next);
            position = (position % count) + 1;
        }

        return label;
    }

    private static void Write(StringBuilder text, long delta, int bias)
    {
        for (var place = Base; ; place += Base)
        {
            var threshold = Threshold(place, bias);

            if (delta < threshold)
            {
                text.Append(Digits[(int)delta]);
                return;
            }

            text.Append(Digits[(int)(threshold + ((delta - threshold) % (Base - threshold)))]);
            delta = (delta - threshold) / (Base - threshold);
        }
    }

    private static long? ReadDelta(string text, ref int at, int bias)
    {
        long delta = 0;
        long weight = 1;

        for (var place = Base; at < text.Length; place += Base)
        {
            var digit = Digits.IndexOf(text[at++], StringComparison.Ordinal);
            delta += digit * weight;

            // No label that is short enough for DNS needs more.
            if (digit < 0 || delta > int.MaxValue)
            {
                return null;
            }

            var threshold = Threshold(place, bias);

            if (digit < threshold)
            {
                return delta;
            }

            weight *= Base - threshold;

            if (weight > int.MaxValue)
            {
                return null;
            }
        }

        return null;
    }

    private static int Threshold(int place, int bias) => Math.Clamp(place - bias, MinThreshold, MaxThreshold);

    private static int Adapt(long delta, int count, bool isFirst)
    {
        const int Damp = 700;
        const int Skew = 38;
        delta = isFirst ? delta / Damp : delta / 2;
        delta += delta / count;
        var bias = 0;

        for (; delta > (Base - MinThreshold) * MaxThreshold / 2; bias += Base)
        {
            delta /= Base - MinThreshold;
        }

        return bias + (int)((Base - MinThreshold + 1) * delta / (delta + Skew));
    }
}
