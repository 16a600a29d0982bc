using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Waybill.Notifications.Json;

/// <summary>
/// The one reader of whole numbers that clients give. As in JSON Schema, what counts is the value: <c>15</c>, <c>15.0</c> and <c>1.5e1</c> are
/// one integer, and <c>15.5</c> is none. The platform's own readers go by the spelling.
/// </summary>
public static class WholeNumber
{
    /// <summary>Of an <see cref="int"/>.</summary>
    private const int MostDigits = 10;

    /// <summary>Beyond this an exponent is as good as without an end, for any number of digits that fits into a request.</summary>
    private const int FarExponent = 1_000_000_000;

    /// <param name="text">As JSON writes a number; anything else is none.</param>
    /// <returns>False for what is no whole number, or none within an <see cref="int"/>.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out int number) => TryParse(Encoding.UTF8.GetBytes(text ?? ""), out number);

    /// <param name="json">A number as JSON writes it; anything else is none. The time it takes grows with its length alone, whatever its exponent.</param>
    /// <inheritdoc cref="TryParse(string?, out int)"/>
    public static bool TryParse(ReadOnlySpan<byte> json, out int number)
    {
        number = 0;
        var isNegative = json is [(byte)'-', ..];
        var rest = isNegative ? json[1..] : json;

        var whole = Digits(rest);
        rest = rest[whole.Length..];
        ReadOnlySpan<byte> fraction = [];

        if (whole.IsEmpty || whole is [(byte)'0', _, ..])
        {
            return false;
        }

        if (rest is [(byte)'.', ..])
        {
            fraction = Digits(rest[1..]);
            rest = rest[(1 + fraction.Length)..];

            if (fraction.IsEmpty)
            {
                return false;
            }
        }

        return TryExponent(rest, out var exponent) && TryValue(whole, fraction.TrimEnd((byte)'0'), exponent, isNegative, out number);
    }

    private static bool TryValue(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, long exponent, bool isNegative, out int number)
    {
        number = 0;
        var digits = fraction.IsEmpty ? whole.TrimEnd((byte)'0') : whole;
        var zeros = exponent + (whole.Length - digits.Length) - fraction.Length;
        long value = 0;

        // The digits of both, as one number that ends in no zero.
        for (var index = 0; index < digits.Length + fraction.Length; index++)
        {
            value = (value * 10) + ((index < digits.Length ? digits[index] : fraction[index - digits.Length]) - '0');

            if (value > int.MaxValue)
            {
                return false;
            }
        }

        if (value == 0)
        {
            return true;
        }

        if (zeros is < 0 or > MostDigits)
        {
            return false;
        }

        for (; zeros > 0; zeros--)
        {
            value *= 10;
        }

        number = value > int.MaxValue ? 0 : (int)(isNegative ? -value : value);
        return value <= int.MaxValue;
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, out long exponent)
    {
        exponent = 0;

        if (text.IsEmpty)
        {
            return true;
        }

        if (text is not [(byte)'e' or (byte)'E', .. var rest])
        {
            return false;
        }

        var isNegative = rest is [(byte)'-', ..];
        rest = rest is [(byte)'-' or (byte)'+', ..] ? rest[1..] : rest;

        var digits = Digits(rest);

        if (digits.IsEmpty || digits.Length != rest.Length)
        {
            return false;
        }

        foreach (var digit in digits)
        {
            exponent = Math.Min((exponent * 10) + (digit - '0'), FarExponent);
        }

        exponent = isNegative ? -exponent : exponent;
        return true;
    }

    /// <summary>Those at the start.</summary>
    private static ReadOnlySpan<byte> Digits(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text : text[..end];
    }
}
