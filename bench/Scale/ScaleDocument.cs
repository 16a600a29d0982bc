namespace Waybill.Bench.Scale;

/// <summary>docs/scale.md with its tables, each after its mark.</summary>
internal static class ScaleDocument
{
    /// <exception cref="InvalidOperationException">The document has no mark for one of the tables.</exception>
    public static string With(IEnumerable<MarkdownTable> tables, string document)
    {
        var lines = document.Split('\n').ToList();

        foreach (var table in tables)
        {
            var at = lines.IndexOf(table.Mark);

            if (at < 0)
            {
                throw new InvalidOperationException($"docs/scale.md has no line {table.Mark}");
            }

            var end = lines.FindIndex(at + 1, line => line.Length > 0 && !line.StartsWith('|'));
            lines.RemoveRange(at + 1, (end < 0 ? lines.Count : end) - at - 1);
            lines.InsertRange(at + 1, ["", .. table.Lines, ""]);
        }

        return string.Join('\n', lines);
    }
}
