using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Waybill.Notifications.Records;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>Makes the start of an answer's body fit for a record that people and programs read.</summary>
internal static class ResponseExcerpt
{
    /// <param name="head">The first bytes, at most <see cref="ErrorDetails.MaxResponseBytes"/>.</param>
    /// <param name="total">How many bytes were read in all.</param>
    /// <param name="complete">Whether that was the whole body.</param>
    /// <returns>Text of at most <see cref="ErrorDetails.MaxResponseBytes"/> bytes of UTF-8, or a note on binary content; null for an empty body.</returns>
    public static string? Of(ReadOnlySpan<byte> head, long total, bool complete, HttpContentHeaders headers)
    {
        if (head.IsEmpty)
        {
            return null;
        }

        return Text(head, headers) is { } text ? Fit(text) : Fit(Note(total, complete, headers));
    }

    private static string? Text(ReadOnlySpan<byte> head, HttpContentHeaders headers) =>
        Compressions(headers).Any() ? null : ResponseCharset.Read(head, headers);

    /// <summary>"identity" is the name of none.</summary>
    private static IEnumerable<string> Compressions(HttpContentHeaders headers) =>
        headers.ContentEncoding.Where(coding => !string.Equals(coding, "identity", StringComparison.OrdinalIgnoreCase));

    private static string Note(long total, bool complete, HttpContentHeaders headers)
    {
        string?[] parts =
        [
            "binary",
            string.Create(CultureInfo.InvariantCulture, $"{(complete ? "" : "more than ")}{total} bytes"),
            headers.ContentType?.MediaType,
            .. Compressions(headers),
        ];

        return $"({string.Join(", ", parts.Where(part => !string.IsNullOrEmpty(part)))})";
    }

    /// <summary>Control characters but tab and line ends become U+FFFD, and what is then too long is cut.</summary>
    private static string Fit(string text)
    {
        var clean = new StringBuilder();
        var bytes = 0;

        foreach (var rune in text.EnumerateRunes())
        {
            var safe = Rune.IsControl(rune) && rune.Value is not ('\t' or '\n' or '\r') ? Rune.ReplacementChar : rune;
            bytes += safe.Utf8SequenceLength;

            if (bytes > ErrorDetails.MaxResponseBytes)
            {
                break;
            }

            clean.Append(safe.ToString());
        }

        return clean.ToString();
    }
}
