using System.Globalization;
using System.Net;
using System.Text;

namespace Waybill.Bench.Reporting;

/// <summary>An SVG with two panels: accepted and delivered in each second, and the latencies' percentiles.</summary>
internal static class Chart
{
    private const int Width = 900;
    private const int Height = 360;
    private const int PanelWidth = 360;
    private const int PanelHeight = 220;
    private const int Top = 70;
    private const int Left = 60;
    private const int Right = 510;

    private static readonly string[] Colors = ["#2563eb", "#16a34a", "#d97706"];

    public static string Of(Report report)
    {
        var svg = new StringBuilder();

        Add(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="sans-serif" font-size="12">""");
        Add(svg, $"""<rect width="{Width}" height="{Height}" fill="white"/>""");
        Text(svg, Left, 24, $"{report.Scenario}: {report.Load}");
        EachSecond(svg, report.Throughput);
        Percentiles(svg, report.Latencies[0]);
        svg.AppendLine("</svg>");

        return svg.ToString();
    }

    private static void EachSecond(StringBuilder svg, Throughput throughput)
    {
        var seconds = Math.Max(throughput.AcceptedEachSecond.Count, throughput.DeliveredEachSecond.Count);
        var most = throughput.AcceptedEachSecond.Concat(throughput.DeliveredEachSecond).DefaultIfEmpty(1).Max();

        Panel(svg, Left, "in each second", $"{most}", $"{seconds} s");
        Series(svg, Left, 0, "accepted", throughput.AcceptedEachSecond.Select(Point));
        Series(svg, Left, 1, "delivered", throughput.DeliveredEachSecond.Select(Point));

        (double X, double Y) Point(int count, int second) => (second / Math.Max(1.0, seconds - 1), count / (double)most);
    }

    /// <summary>Milliseconds on a logarithmic scale from 1 up.</summary>
    private static void Percentiles(StringBuilder svg, Latencies latencies)
    {
        (string Name, Measuring.Percentiles Times)[] all = [("to 202", latencies.ToAnswer), ("202 to receiver", latencies.ToReceiver), ("202 to SUCCESS", latencies.ToSuccess)];
        var longest = all.Max(series => Math.Max(10, series.Times.Max));

        Panel(svg, Right, "ms, logarithmic: p50, p90, p99, max", $"{longest:0}", "max");

        for (var index = 0; index < all.Length; index++)
        {
            var times = all[index].Times;
            double[] points = [times.P50, times.P90, times.P99, times.Max];
            Series(svg, Right, index, all[index].Name, points.Select((time, place) => (place / 3.0, Math.Log(Math.Max(1, time)) / Math.Log(longest))));
        }
    }

    private static void Panel(StringBuilder svg, int left, string title, FormattableString highest, string last)
    {
        Text(svg, left, Top - 20, $"{title}");
        Text(svg, left - 45, Top + 8, highest);
        Text(svg, left + PanelWidth - 25, Top + PanelHeight + 16, $"{last}");
        Add(svg, $"""<path d="M{left},{Top} V{Top + PanelHeight} H{left + PanelWidth}" fill="none" stroke="#888"/>""");
    }

    private static void Series(StringBuilder svg, int left, int index, string name, IEnumerable<(double X, double Y)> points)
    {
        var line = string.Join(' ', points.Select(point => string.Create(
            CultureInfo.InvariantCulture,
            $"{left + (point.X * PanelWidth):0.#},{Top + ((1 - point.Y) * PanelHeight):0.#}")));

        Add(svg, $"""<polyline points="{line}" fill="none" stroke="{Colors[index]}" stroke-width="2"/>""");
        Add(svg, $"""<rect x="{left + (index * 120)}" y="{Height - 28}" width="10" height="10" fill="{Colors[index]}"/>""");
        Text(svg, left + (index * 120) + 16, Height - 18, $"{name}");
    }

    private static void Text(StringBuilder svg, int x, int y, FormattableString text) =>
        Add(svg, $"""<text x="{x}" y="{y}">{WebUtility.HtmlEncode(text.ToString(CultureInfo.InvariantCulture))}</text>""");

    private static void Add(StringBuilder svg, FormattableString line) => svg.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
