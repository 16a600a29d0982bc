using System.Globalization;
using Waybill.Notifications.Urls.Unicode;

namespace Waybill.Notifications.Urls;

/// <summary>
/// An international domain name in ASCII, as browsers and receivers have it: UTS 46, nontransitional, with the checks of bidirectional
/// text and joiners, and without that of hyphens, as names with hyphens in all places are in use.
/// </summary>
internal static class DomainName
{
    public const string AsciiPrefix = "xn--";

    /// <param name="why">What is wrong with it: completes "its host …".</param>
    /// <returns>Labels in ASCII; null when it is none. Which ASCII characters, and how many, is not checked here.</returns>
    public static string? ToAscii(string text, out string? why)
    {
        if (Map(text, out why) is not { } mapped)
        {
            return null;
        }

        var labels = Labels(Nfc.Normalize(mapped)).Select(Open).ToArray();
        var isBidi = labels.Any(label => label?.CodePoints.Any(BidiRule.Concerns) == true);
        why = labels.Select(label => WhyNot(label, isBidi)).FirstOrDefault(reason => reason is not null);

        return why is null ? string.Join('.', labels.Select(label => Ascii(label!))) : null;
    }

    private static List<int>? Map(string text, out string? why)
    {
        var mapped = new List<int>(text.Length);
        var tables = UnicodeTables.Instance;

        foreach (var rune in text.EnumerateRunes())
        {
            switch (tables.Status.Of(rune.Value))
            {
                case 0:
                    why = string.Create(CultureInfo.InvariantCulture, $"has U+{rune.Value:X4}, which no host name may have");
                    return null;
                case UnicodeTables.Valid:
                    mapped.Add(rune.Value);
                    break;
                case UnicodeTables.Ignored:
                    break;
                case var status:
                    mapped.AddRange(UnicodeTables.CodePoints(tables.Mapping(status)));
                    break;
            }
        }

        why = null;
        return mapped;
    }

    private static IEnumerable<List<int>> Labels(List<int> name)
    {
        var start = 0;

        for (var dot = name.IndexOf('.'); dot >= 0; dot = name.IndexOf('.', start))
        {
            yield return name[start..dot];
            start = dot + 1;
        }

        yield return name[start..];
    }

    /// <returns>The label in Unicode; null when it is Punycode of nothing.</returns>
    private static Label? Open(List<int> label)
    {
        var isPunycode = label.Count >= AsciiPrefix.Length && label.Take(AsciiPrefix.Length).SequenceEqual(AsciiPrefix.Select(letter => (int)letter));

        if (!isPunycode)
        {
            return new Label(label, IsPunycode: false);
        }

        var isAscii = label.TrueForAll(codePoint => codePoint < 128);
        var opened = isAscii ? Punycode.Decode(string.Concat(label.Skip(AsciiPrefix.Length).Select(letter => (char)letter))) : null;

        return opened is null || opened.TrueForAll(codePoint => codePoint < 128) ? null : new Label(opened, IsPunycode: true);
    }

    private static string? WhyNot(Label? label, bool isBidi)
    {
        if (label is null)
        {
            return $"has a label that starts with {AsciiPrefix} and is not the Punycode of anything";
        }

        var codePoints = label.CodePoints;

        if (codePoints.Count == 0)
        {
            // An empty one is for the caller to judge, as the last may be.
            return null;
        }

        if (label.IsPunycode && !IsAsMapped(codePoints))
        {
            return $"has a label that starts with {AsciiPrefix} and stands for what no host name may have";
        }

        if (UnicodeTables.Instance.Marks.Of(codePoints[0]) != 0)
        {
            return "has a label that begins with a combining mark";
        }

        if (!JoinerRule.Holds(codePoints))
        {
            return "has an invisible joiner (U+200C or U+200D) where none may be";
        }

        return isBidi && !BidiRule.Holds(codePoints) ? "mixes directions of writing in a way that no host name may (RFC 5893)" : null;
    }

    /// <summary>Nothing in it would be mapped, so that encoding it again gives what came.</summary>
    private static bool IsAsMapped(List<int> label) =>
        label.TrueForAll(codePoint => codePoint != '.' && UnicodeTables.Instance.Status.Of(codePoint) == UnicodeTables.Valid)
        && Nfc.Normalize(label).SequenceEqual(label)
        && !label.Take(AsciiPrefix.Length).SequenceEqual(AsciiPrefix.Select(letter => (int)letter));

    private static string Ascii(Label label) =>
        label.CodePoints.TrueForAll(codePoint => codePoint < 128)
            ? string.Concat(label.CodePoints.Select(letter => (char)letter))
            : AsciiPrefix + Punycode.Encode(label.CodePoints);

    private sealed record Label(List<int> CodePoints, bool IsPunycode);
}
