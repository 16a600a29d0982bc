using System.Globalization;
using System.Text;

namespace Waybill.Bench.Comparing;

/// <summary>Medians of all turns, as a table in Markdown.</summary>
internal static class Comparison
{
    public static string Of(IReadOnlyList<Turn> turns)
    {
        var text = new StringBuilder();
        var contenders = turns.Select(turn => turn.Contender).Distinct().ToList();

        text.AppendLine("| load | | " + string.Join(" | ", contenders) + " |");
        text.AppendLine("|---|---|" + string.Concat(contenders.Select(_ => "---|")));

        foreach (var phase in turns[0].Phases.Select(figures => figures.Phase))
        {
            Row(phase, "CPU, ms", figures => figures.CpuMilliseconds, "0.00");
            Row("", "delivered/s", figures => figures.DeliveredPerSecond, "0");
            Row("", "202 p50, ms", figures => figures.Accepted.P50, "0.0");
            Row("", "202 p99, ms", figures => figures.Accepted.P99, "0");
            Row("", "202 to receiver p99, ms", figures => figures.Received.P99, "0");
            Row("", "CPU of the backend, ms", figures => figures.BackendCpuMilliseconds, "0.00");

            void Row(string load, string what, Func<PhaseFigures, double> figure, string format) => Line(load, what, format, turn => figure(turn.Phases.Single(figures => figures.Phase == phase)));
        }

        Line("start", "s until all serve", "0.0", turn => turn.StartSeconds);
        Line("memory", "most of one process, MB", "0", turn => turn.PeakMegabytes);

        return text.ToString();

        void Line(string load, string what, string format, Func<Turn, double> figure)
        {
            var cells = contenders.Select(contender => Cell(turns.Where(turn => turn.Contender == contender).Select(figure), format));
            text.AppendLine($"| {load} | {what} | {string.Join(" | ", cells)} |");
        }
    }

    /// <summary>The median, and of several the least and the most.</summary>
    private static string Cell(IEnumerable<double> values, string format)
    {
        var sorted = values.Order().ToList();
        var median = Text(sorted[(sorted.Count - 1) / 2]);

        return sorted.Count == 1 ? median : $"{median} ({Text(sorted[0])}–{Text(sorted[^1])})";

        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
    }
}
