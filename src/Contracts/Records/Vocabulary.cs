namespace Waybill.Notifications.Records;

public static class Vocabulary
{
    /// <summary>Characters of a word; a longer one is no word of any release, but a slip.</summary>
    public const int MaxLength = 64;

    /// <summary>For what somebody asks for: one of this release's words, in their exact spelling.</summary>
    public static bool TryParse<T>(string? text, out T word)
        where T : struct, IVocabulary<T>
    {
        foreach (var known in T.Known)
        {
            if (known.Text() == text)
            {
                word = known;
                return true;
            }
        }

        word = default;
        return false;
    }

    public static bool IsKnown<T>(this T word)
        where T : struct, IVocabulary<T> => T.Known.Contains(word);

    /// <summary>This release's words, for messages and descriptions.</summary>
    public static IReadOnlyList<string> Texts<T>()
        where T : struct, IVocabulary<T> => [.. T.Known.Select(word => word.Text())];

    /// <summary>This release's words as they are listed, then others by their spelling.</summary>
    public static IComparer<T> Order<T>()
        where T : struct, IVocabulary<T> => Comparer<T>.Create((one, other) => (Place(one), one.Text()).CompareTo((Place(other), other.Text())));

    private static int Place<T>(T word)
        where T : struct, IVocabulary<T>
    {
        for (var place = 0; place < T.Known.Count; place++)
        {
            if (T.Known[place].Text() == word.Text())
            {
                return place;
            }
        }

        return int.MaxValue;
    }
}
