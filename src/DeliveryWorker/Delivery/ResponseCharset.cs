using System.Net.Http.Headers;
using System.Text;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>
/// Reads an answer's body as text, in the charset that its <c>Content-Type</c> names. Labels mean what browsers take them for (WHATWG Encoding):
/// <c>iso-8859-1</c> and <c>us-ascii</c> are windows-1252, as that is what is sent under these names.
/// </summary>
internal static class ResponseCharset
{
    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
    private static readonly Encoding Utf16 = new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly Encoding Utf16BigEndian = new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>Labels that the platform does not know, or takes for something else than browsers do.</summary>
    private static readonly Dictionary<string, int> CodePages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ansi_x3.4-1968"] = 1252,
        ["ascii"] = 1252,
        ["cp1252"] = 1252,
        ["cp819"] = 1252,
        ["csisolatin1"] = 1252,
        ["ibm819"] = 1252,
        ["iso-8859-1"] = 1252,
        ["iso-ir-100"] = 1252,
        ["iso8859-1"] = 1252,
        ["iso88591"] = 1252,
        ["iso_8859-1"] = 1252,
        ["iso_8859-1:1987"] = 1252,
        ["l1"] = 1252,
        ["latin-1"] = 1252,
        ["latin1"] = 1252,
        ["us-ascii"] = 1252,
        ["cp1250"] = 1250,
        ["cp1251"] = 1251,
        ["iso-8859-9"] = 1254,
        ["latin5"] = 1254,
        ["iso-8859-11"] = 874,
        ["tis-620"] = 874,
        ["gb2312"] = 54936,
        ["gbk"] = 54936,
        ["x-gbk"] = 54936,
        ["gb18030"] = 54936,
        ["big5-hkscs"] = 950,
        ["sjis"] = 932,
        ["shift-jis"] = 932,
        ["ms932"] = 932,
        ["windows-31j"] = 932,
        ["x-sjis"] = 932,
        ["euc-jp"] = 51932,
        ["euc-kr"] = 949,
        ["windows-949"] = 949,
        ["koi"] = 20866,
        ["mac"] = 10000,
    };

    /// <returns>Null where it is no text. A character that is cut in two at the end is left out.</returns>
    public static string? Read(ReadOnlySpan<byte> bytes, HttpContentHeaders headers)
    {
        if (Marked(bytes) is { } marked)
        {
            return marked;
        }

        var encoding = Named(headers);

        if (bytes.Contains((byte)0) && encoding is not UnicodeEncoding and not UTF32Encoding)
        {
            return null;
        }

        if (encoding is not null && encoding.CodePage != Utf8.CodePage)
        {
            return Decode(encoding, bytes);
        }

        return DecodeStrictly(Utf8, bytes) ?? (IsText(headers) ? Decode(Windows1252, bytes) : null);
    }

    /// <summary>A byte order mark says more than any label.</summary>
    private static string? Marked(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xef, 0xbb, 0xbf, .. var rest] => rest.Contains((byte)0) ? null : DecodeStrictly(Utf8, rest),
        [0xff, 0xfe, .. var rest] when rest.Length % 2 == 0 => DecodeStrictly(Utf16, rest),
        [0xfe, 0xff, .. var rest] when rest.Length % 2 == 0 => DecodeStrictly(Utf16BigEndian, rest),
        _ => null,
    };

    /// <returns>Null for none and for one that is not known.</returns>
    private static Encoding? Named(HttpContentHeaders headers)
    {
        if (Label(headers) is not { Length: > 0 } label)
        {
            return null;
        }

        try
        {
            return CodePages.TryGetValue(label, out var page)
                ? CodePagesEncodingProvider.Instance.GetEncoding(page)
                : CodePagesEncodingProvider.Instance.GetEncoding(label) ?? Encoding.GetEncoding(label);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Found also where the platform cannot read the header as a whole.</summary>
    private static string? Label(HttpContentHeaders headers)
    {
        const string Name = "charset=";

        foreach (var parameter in ContentType(headers).Split(';').Skip(1).Select(parameter => parameter.Trim()))
        {
            if (parameter.StartsWith(Name, StringComparison.OrdinalIgnoreCase))
            {
                return parameter[Name.Length..].Trim(' ', '\t', '"', '\'');
            }
        }

        return null;
    }

    private static bool IsText(HttpContentHeaders headers)
    {
        var type = ContentType(headers).Split(';')[0].Trim();

        return type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("xml", StringComparison.OrdinalIgnoreCase);
    }

    private static string ContentType(HttpContentHeaders headers) =>
        headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : "";

    private static string? DecodeStrictly(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Decode(encoding, bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string Decode(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        var characters = new char[encoding.GetMaxCharCount(bytes.Length)];
        var count = encoding.GetDecoder().GetChars(bytes, characters, flush: false);
        return new string(characters, 0, count);
    }
}
