using System.IO.Compression;
using System.Text;

namespace Waybill.Notifications.Urls.Unicode;

/// <summary>
/// What Unicode says of code points in domain names. The services run without the system's Unicode data (invariant
/// globalization), which would cost each start time and memory, and would differ from machine to machine. These tables are read when the
/// first international host comes: 23 KB packed, made by <c>make-tables.mjs</c>.
/// </summary>
internal sealed class UnicodeTables
{
    public const int Valid = 1;
    public const int Ignored = 2;

    /// <summary>This status and higher ones: mapped to a text.</summary>
    private const int FirstText = 3;

    private static readonly Lazy<UnicodeTables> Loaded = new(Load);

    private readonly string[] _texts;

    private UnicodeTables(BinaryReader reader)
    {
        Version = reader.ReadString();
        _texts = [.. Enumerable.Range(0, reader.Read7BitEncodedInt()).Select(_ => reader.ReadString())];
        Status = CodePointRanges.Read(reader);
        Bidi = CodePointRanges.Read(reader);
        Joining = CodePointRanges.Read(reader);
        Marks = CodePointRanges.Read(reader);
        MarkOrder = CodePointRanges.Read(reader);
        (Decompositions, Compositions) = ReadDecompositions(reader);
    }

    public static UnicodeTables Instance => Loaded.Value;

    /// <summary>Of Unicode, such as 17.0.</summary>
    public string Version { get; }

    /// <summary>Of UTS 46, section 5: <see cref="Valid"/>, <see cref="Ignored"/>, 0 for disallowed; others have a <see cref="Mapping"/>.</summary>
    public CodePointRanges Status { get; }

    /// <summary>See <see cref="BidiRule"/>.</summary>
    public CodePointRanges Bidi { get; }

    /// <summary>See <see cref="JoinerRule"/>.</summary>
    public CodePointRanges Joining { get; }

    /// <summary>1 for General_Category=Mark.</summary>
    public CodePointRanges Marks { get; }

    /// <summary>The rank of the canonical combining class; 0 for a starter.</summary>
    public CodePointRanges MarkOrder { get; }

    /// <summary>Canonical and complete; without those of Hangul, which are computed.</summary>
    public IReadOnlyDictionary<int, int[]> Decompositions { get; }

    public IReadOnlyDictionary<(int First, int Second), int> Compositions { get; }

    public string Mapping(int status) => _texts[status - FirstText];

    public static int[] CodePoints(string text) => [.. text.EnumerateRunes().Select(rune => rune.Value)];

    private static UnicodeTables Load()
    {
        using var packed = typeof(UnicodeTables).Assembly.GetManifestResourceStream("uts46.bin")!;
        using var unpacked = new BrotliStream(packed, CompressionMode.Decompress);
        using var reader = new BinaryReader(unpacked, Encoding.UTF8);
        return new UnicodeTables(reader);
    }

    private static (Dictionary<int, int[]> Decompositions, Dictionary<(int First, int Second), int> Compositions) ReadDecompositions(BinaryReader reader)
    {
        var decompositions = new Dictionary<int, int[]>();
        var composed = new Dictionary<string, int>(StringComparer.Ordinal);
        var codePoint = 0;

        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            codePoint += reader.Read7BitEncodedInt();
            var parts = reader.ReadString();
            decompositions.Add(codePoint, CodePoints(parts));

            if (reader.Read7BitEncodedInt() == 1)
            {
                composed.Add(parts, codePoint);
            }
        }

        // What a pair composes to: all parts but the last are one character by then.
        return (decompositions, composed.ToDictionary(entry => Pair(decompositions[entry.Value]), entry => entry.Value));

        (int First, int Second) Pair(int[] parts) =>
            (parts.Length == 2 ? parts[0] : composed[string.Concat(parts[..^1].Select(char.ConvertFromUtf32))], parts[^1]);
    }
}
