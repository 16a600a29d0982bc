namespace Waybill.Notifications.Urls.Unicode;

/// <summary>A number for each code point, kept as ranges of equal ones; 0 where there is no range.</summary>
internal sealed class CodePointRanges
{
    private readonly int[] _starts;
    private readonly int[] _ends;
    private readonly ushort[] _values;

    private CodePointRanges(int count)
    {
        _starts = new int[count];
        _ends = new int[count];
        _values = new ushort[count];
    }

    /// <summary>As <c>make-tables.mjs</c> writes them: the gap before each range, its length less one, its value.</summary>
    public static CodePointRanges Read(BinaryReader reader)
    {
        var ranges = new CodePointRanges(reader.Read7BitEncodedInt());
        var next = 0;

        for (var index = 0; index < ranges._starts.Length; index++)
        {
            ranges._starts[index] = next + reader.Read7BitEncodedInt();
            ranges._ends[index] = ranges._starts[index] + reader.Read7BitEncodedInt();
            ranges._values[index] = (ushort)reader.Read7BitEncodedInt();
            next = ranges._ends[index] + 1;
        }

        return ranges;
    }

    public int Of(int codePoint)
    {
        var found = Array.BinarySearch(_starts, codePoint);
        var index = found >= 0 ? found : ~found - 1;

        return index >= 0 && codePoint <= _ends[index] ? _values[index] : 0;
    }
}
