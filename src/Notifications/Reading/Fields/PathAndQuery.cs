using System.Buffers;
using System.Text;

namespace Waybill.Notifications.Reading.Fields;

/// <summary>Path and query of a URL: byte for byte what was given, but for the characters that no request line may have.</summary>
internal static class PathAndQuery
{
    /// <summary>
    /// What RFC 3986 allows there, and square brackets, which it does not, but which are in wide use as they are (<c>?filter[a]=1</c>).
    /// </summary>
    private static readonly SearchValues<char> AsGiven =
        SearchValues.Create("%/?:@!$&'()*+,;=-._~[]0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    public static bool HasBrokenEscape(string text)
    {
        for (var at = text.IndexOf('%', StringComparison.Ordinal); at >= 0; at = text.IndexOf('%', at + 1))
        {
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Other characters are percent-encoded once, as UTF-8; an empty path becomes <c>/</c>.</summary>
    public static string Encode(string text)
    {
        var rooted = text.StartsWith('/') ? text : $"/{text}";

        if (!rooted.AsSpan().ContainsAnyExcept(AsGiven))
        {
            return rooted;
        }

        var encoded = new StringBuilder(rooted.Length * 2);

        foreach (var rune in rooted.EnumerateRunes())
        {
            if (rune.IsAscii && AsGiven.Contains((char)rune.Value))
            {
                encoded.Append((char)rune.Value);
            }
            else
            {
                encoded.Append(Uri.EscapeDataString(rune.ToString()));
            }
        }

        return encoded.ToString();
    }
}
