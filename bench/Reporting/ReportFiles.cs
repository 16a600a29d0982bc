using System.Globalization;
using System.Text.Json;

namespace Waybill.Bench.Reporting;

/// <summary>Keeps a report as JSON and as a chart, named by scenario and time.</summary>
internal static class ReportFiles
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <returns>The path without its ending.</returns>
    public static string Write(DirectoryInfo folder, Report report)
    {
        var path = Write(folder, report.Scenario, report.StartedAt, report);
        File.WriteAllText(path + ".svg", Chart.Of(report));
        return path;
    }

    /// <summary>The same without a chart, for a scenario with figures of its own.</summary>
    public static string Write<T>(DirectoryInfo folder, string scenario, DateTimeOffset startedAt, T figures)
    {
        folder.Create();
        var time = startedAt.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var path = Path.Combine(folder.FullName, $"{scenario}-{time}");

        File.WriteAllText(path + ".json", JsonSerializer.Serialize(figures, Indented));
        return path;
    }
}
