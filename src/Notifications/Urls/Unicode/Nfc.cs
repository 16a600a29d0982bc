namespace Waybill.Notifications.Urls.Unicode;

/// <summary>Unicode's normalization form C (UAX 15): the same text in the same code points, whichever way it was typed.</summary>
internal static class Nfc
{
    // Hangul syllables are computed: the Unicode standard, section 3.12.
    private const int FirstSyllable = 0xAC00;
    private const int FirstLeading = 0x1100;
    private const int FirstVowel = 0x1161;
    private const int BeforeTrailing = 0x11A7;
    private const int Leadings = 19;
    private const int Vowels = 21;
    private const int Trailings = 28;

    public static List<int> Normalize(IEnumerable<int> text)
    {
        var parts = new List<int>();

        foreach (var codePoint in text)
        {
            Decompose(codePoint, parts);
        }

        SortMarks(parts);
        return Compose(parts);
    }

    private static void Decompose(int codePoint, List<int> parts)
    {
        var syllable = codePoint - FirstSyllable;

        if (syllable is < 0 or >= Leadings * Vowels * Trailings)
        {
            parts.AddRange(UnicodeTables.Instance.Decompositions.GetValueOrDefault(codePoint, [codePoint]));
            return;
        }

        parts.Add(FirstLeading + (syllable / (Vowels * Trailings)));
        parts.Add(FirstVowel + (syllable / Trailings % Vowels));

        if (syllable % Trailings != 0)
        {
            parts.Add(BeforeTrailing + (syllable % Trailings));
        }
    }

    /// <summary>Marks between two starters, in the order of their classes; those of one class stay as they are.</summary>
    private static void SortMarks(List<int> parts)
    {
        var order = UnicodeTables.Instance.MarkOrder;
        var start = 0;

        while (start < parts.Count)
        {
            var end = start;

            while (end < parts.Count && order.Of(parts[end]) != 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                var sorted = parts.GetRange(start, end - start).OrderBy(order.Of).ToArray();
                sorted.CopyTo(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(parts)[start..]);
            }

            start = end + 1;
        }
    }

    private static List<int> Compose(List<int> parts)
    {
        var order = UnicodeTables.Instance.MarkOrder;
        var composed = new List<int>(parts.Count);
        var starter = -1;
        var lastOrder = -1;

        foreach (var part in parts)
        {
            var rank = order.Of(part);

            // A mark composes with the last starter unless one of its own class, or another starter, lies between them.
            if (starter >= 0 && (lastOrder < rank || composed.Count - 1 == starter) && Pair(composed[starter], part) is { } both)
            {
                composed[starter] = both;
                continue;
            }

            composed.Add(part);
            starter = rank == 0 ? composed.Count - 1 : starter;
            lastOrder = rank;
        }

        return composed;
    }

    private static int? Pair(int first, int second)
    {
        var leading = first - FirstLeading;
        var vowel = second - FirstVowel;

        if (leading is >= 0 and < Leadings && vowel is >= 0 and < Vowels)
        {
            return FirstSyllable + (((leading * Vowels) + vowel) * Trailings);
        }

        var syllable = first - FirstSyllable;
        var trailing = second - BeforeTrailing;

        if (syllable is >= 0 and < Leadings * Vowels * Trailings && syllable % Trailings == 0 && trailing is > 0 and < Trailings)
        {
            return first + trailing;
        }

        return UnicodeTables.Instance.Compositions.TryGetValue((first, second), out var both) ? both : null;
    }
}
