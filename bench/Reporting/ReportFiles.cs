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
        folder.Create();
        var time = report.StartedAt.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var path = Path.Combine(folder.FullName, $"{report.Scenario}-{time}");

        File.WriteAllText(path + ".json", JsonSerializer.Serialize(report, Indented));
        File.WriteAllText(path + ".svg", Chart.Of(report));
        return path;
    }
}
