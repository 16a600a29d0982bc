using Waybill.Notifications.Urls.Unicode;

namespace Waybill.Notifications.Urls;

/// <summary>RFC 5892, appendix A.1 and A.2 (CONTEXTJ): the two invisible joiners are allowed only where a script's spelling needs them.</summary>
internal static class JoinerRule
{
    private const int NonJoiner = 0x200C;
    private const int Joiner = 0x200D;

    // Bits as the table has them.
    private const int JoinsNext = 1;
    private const int JoinsPrevious = 2;
    private const int Transparent = 4;
    private const int Virama = 8;

    public static bool Holds(IReadOnlyList<int> label)
    {
        for (var index = 0; index < label.Count; index++)
        {
            if (label[index] is NonJoiner or Joiner && !IsAllowed(label, index))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAllowed(IReadOnlyList<int> label, int index)
    {
        if (Joining(label, index - 1, Virama))
        {
            return true;
        }

        return label[index] == NonJoiner
            && Joining(label, Beyond(label, index, -1), JoinsNext)
            && Joining(label, Beyond(label, index, 1), JoinsPrevious);
    }

    /// <summary>The first one from here that is not transparent.</summary>
    private static int Beyond(IReadOnlyList<int> label, int index, int step)
    {
        var at = index + step;

        while (Joining(label, at, Transparent))
        {
            at += step;
        }

        return at;
    }

    private static bool Joining(IReadOnlyList<int> label, int index, int what) =>
        index >= 0 && index < label.Count && (UnicodeTables.Instance.Joining.Of(label[index]) & what) != 0;
}
