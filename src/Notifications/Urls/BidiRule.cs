using Waybill.Notifications.Urls.Unicode;

namespace Waybill.Notifications.Urls;

/// <summary>RFC 5893, section 2: what keeps a name that is written from right to left readable in one way only.</summary>
internal static class BidiRule
{
    // The classes as the table has them; 0 is allowed in no label.
    private const int Left = 1;
    private const int Right = 2;
    private const int ArabicNumber = 3;
    private const int EuropeanNumber = 4;
    private const int Mark = 5;

    /// <summary>The rule holds for all labels of a name that has one of these anywhere.</summary>
    public static bool Concerns(int codePoint) => UnicodeTables.Instance.Bidi.Of(codePoint) is Right or ArabicNumber;

    public static bool Holds(IReadOnlyList<int> label)
    {
        var classes = label.Select(UnicodeTables.Instance.Bidi.Of).ToArray();
        var last = classes.LastOrDefault(one => one != Mark);

        return classes[0] switch
        {
            Left => last is Left or EuropeanNumber && !classes.Any(one => one is 0 or Right or ArabicNumber),
            Right => last is Right or EuropeanNumber or ArabicNumber
                && !classes.Any(one => one is 0 or Left)
                && !(classes.Contains(EuropeanNumber) && classes.Contains(ArabicNumber)),
            _ => false,
        };
    }
}
