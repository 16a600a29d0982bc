namespace Waybill.StatusService.Store.Items;

/// <summary>Cuts texts from outside to a bound, never through the middle of a character.</summary>
internal static class Cut
{
    public static string Characters(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        return char.IsHighSurrogate(text[most - 1]) ? text[..(most - 1)] : text[..most];
    }

    public static string Utf8(string text, int mostBytes)
    {
        var used = 0;
        var length = 0;

        foreach (var rune in text.EnumerateRunes())
        {
            used += rune.Utf8SequenceLength;

            if (used > mostBytes)
            {
                return text[..length];
            }

            length += rune.Utf16SequenceLength;
        }

        return text;
    }
}
