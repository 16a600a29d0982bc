using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Waybill.Notifications.Delivery;

/// <summary>
/// The one reader of the URL that a notification is sent to. Path and query stay byte for byte what the client gave, as the signature of a
/// signed URL covers them: <see cref="Uri"/> alone would decode <c>%41</c> and take <c>/a/%2e%2e/</c> away. Only what cannot be on the
/// wire at all is encoded, once: characters outside ASCII, as UTF-8.
/// </summary>
public static class TargetUrl
{
    private const string SchemeEnd = "://";

    private static readonly UriCreationOptions AsGiven = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Would end the request line or a part of it: white space and controls; a fragment is never sent.</summary>
    private static readonly SearchValues<char> NeverSent = SearchValues.Create([.. Enumerable.Range(0, 0x21).Select(code => (char)code), '#', '\u007f']);

    private static readonly SearchValues<char> Ascii = SearchValues.Create([.. Enumerable.Range(0, 0x80).Select(code => (char)code)]);

    /// <exception cref="FormatException">It is no absolute http or https URL that can be sent.</exception>
    public static Uri Parse(string text) =>
        TryCreate(text, out var url) ? url : throw new FormatException("The URL is no absolute http or https URL that can be sent.");

    /// <param name="url">
    /// Its <see cref="Uri.PathAndQuery"/> is the request target; where the path is empty, a slash. Host and port are in <see cref="Uri"/>'s
    /// normal form, as DNS and the egress guard see them.
    /// </param>
    public static bool TryCreate([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Uri? url)
    {
        url = null;

        if (text is null || text.AsSpan().ContainsAny(NeverSent) || !TrySplit(text, out var origin, out var rest))
        {
            return false;
        }

        var target = Encoded(rest);

        if (target is null || !Uri.TryCreate(origin + target, AsGiven, out var parsed) || !IsHttp(parsed))
        {
            return false;
        }

        // Whatever the platform made of it: nothing else than this may become the request line.
        if (!string.Equals(parsed.PathAndQuery, target, StringComparison.Ordinal))
        {
            return false;
        }

        url = parsed;
        return true;
    }

    /// <summary>The platform takes a backslash for a slash before the path; here it belongs to no origin.</summary>
    private static bool TrySplit(string text, out string origin, out string rest)
    {
        (origin, rest) = ("", "");
        var authority = text.IndexOf(SchemeEnd, StringComparison.Ordinal) + SchemeEnd.Length;

        if (authority < SchemeEnd.Length)
        {
            return false;
        }

        var length = text.AsSpan(authority).IndexOfAny('/', '?');
        var end = length < 0 ? text.Length : authority + length;
        (origin, rest) = (text[..end], text[end..]);

        return end > authority && !origin.Contains('\\');
    }

    /// <returns>Null where it holds half a character (a lone surrogate).</returns>
    private static string? Encoded(string rest)
    {
        var target = rest.StartsWith('/') ? rest : "/" + rest;

        if (!target.AsSpan().ContainsAnyExcept(Ascii))
        {
            return target;
        }

        var encoded = new StringBuilder(target.Length * 2);
        Span<byte> utf8 = stackalloc byte[4];

        for (var index = 0; index < target.Length;)
        {
            if (!Rune.TryGetRuneAt(target, index, out var rune))
            {
                return null;
            }

            index += rune.Utf16SequenceLength;

            if (rune.IsAscii)
            {
                encoded.Append((char)rune.Value);
                continue;
            }

            foreach (var value in utf8[..rune.EncodeToUtf8(utf8)])
            {
                encoded.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return encoded.ToString();
    }

    private static bool IsHttp(Uri url) =>
        (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) && url.UserInfo.Length == 0 && url.Port > 0 && HasHost(url);

    private static bool HasHost(Uri url)
    {
        try
        {
            return url.IdnHost.Length > 0;
        }
        catch (UriFormatException)
        {
            // No international name; the platform looks only now.
            return false;
        }
    }
}
