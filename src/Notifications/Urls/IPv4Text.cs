using System.Globalization;

namespace Waybill.Notifications.Urls;

/// <summary>
/// The spellings of an IPv4 address that systems take: fewer than four parts, hexadecimal with 0x, octal with 0 (the URL standard of
/// WHATWG, IPv4 parser). All are stored as four decimal numbers, so that everybody sees the address that is called.
/// </summary>
internal static class IPv4Text
{
    private const int Parts = 4;

    /// <summary>A host whose last label is a number is an address, or nothing.</summary>
    public static bool IsMeant(string host)
    {
        var last = host[(host.LastIndexOf('.') + 1)..];
        return (last.Length > 0 && last.All(char.IsAsciiDigit)) || (last.StartsWith("0x", StringComparison.Ordinal) && last[2..].All(char.IsAsciiHexDigitLower));
    }

    /// <param name="host">In lower case.</param>
    /// <returns>Null when it is none.</returns>
    public static string? Canonical(string host)
    {
        var numbers = host.Split('.').Select(Number).ToArray();

        if (numbers.Length > Parts || numbers[..^1].Any(number => number is null or > byte.MaxValue))
        {
            return null;
        }

        // The last one fills all that is left.
        var left = 8 * (Parts + 1 - numbers.Length);

        if (numbers[^1] is not { } last || last >= 1L << left)
        {
            return null;
        }

        var address = numbers[..^1].Index().Aggregate(last, (sum, part) => sum + (part.Item!.Value << (8 * (Parts - 1 - part.Index))));
        return string.Join('.', Enumerable.Range(0, Parts).Select(part => (address >> (8 * (Parts - 1 - part))) & byte.MaxValue));
    }

    private static long? Number(string part)
    {
        var (digits, radix) = part switch
        {
            ['0', 'x', .. var hexadecimal] => (hexadecimal, 16),
            ['0', .. { Length: > 0 } octal] => (octal, 8),
            _ => (part, 10),
        };

        if (part.Length == 0)
        {
            return null;
        }

        long number = 0;

        foreach (var letter in digits)
        {
            var digit = char.IsAsciiHexDigitLower(letter) ? int.Parse([letter], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : radix;

            if (digit >= radix || number > uint.MaxValue)
            {
                return null;
            }

            number = (number * radix) + digit;
        }

        return number;
    }
}
