using System.Globalization;

namespace Waybill.Bench.Scale;

/// <summary>A table as docs/scale.md shows it, under a name by which the document marks its place.</summary>
internal sealed class MarkdownTable(string name, params string[] headers)
{
    private readonly List<string> _lines = [Line(headers), Line(headers.Select(_ => "---"))];

    public string Name { get; } = name;

    /// <summary>Before the table, where it stands in the document.</summary>
    public string Mark => MarkOf(Name);

    public IReadOnlyList<string> Lines => _lines;

    public static string MarkOf(string name) => $"<!-- bench scale: {name} -->";

    public void Add(params string[] cells) => _lines.Add(Line(cells));

    /// <summary>A number with as many digits as say something.</summary>
    public static string Number(double value) => value.ToString(
        Math.Abs(value) switch
        {
            >= 100 => "N0",
            >= 10 => "#,0.#",
            >= 0.1 => "0.##",
            _ => "0.###",
        },
        CultureInfo.InvariantCulture);

    public static string Percent(double share) => share.ToString(share is > 0 and < 0.1 or > 0.99 and < 1 ? "0.0 %" : "0 %", CultureInfo.InvariantCulture);

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
