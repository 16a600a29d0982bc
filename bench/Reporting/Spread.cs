using System.Globalization;
using System.Text;

namespace Waybill.Bench.Reporting;

/// <summary>The least, the middle and the most of each main figure over several runs.</summary>
internal static class Spread
{
    private static readonly (string Name, Func<Report, double> Read)[] Figures =
    [
        ("accepted/s", report => report.Throughput.AcceptedPerSecond),
        ("delivered/s", report => report.Throughput.DeliveredPerSecond),
        ("202, p50 ms", report => report.Latencies[0].ToAnswer.P50),
        ("202, p99 ms", report => report.Latencies[0].ToAnswer.P99),
        ("202 to receiver, p50 ms", report => report.Latencies[0].ToReceiver.P50),
        ("202 to receiver, p99 ms", report => report.Latencies[0].ToReceiver.P99),
        ("202 to SUCCESS, p50 ms", report => report.Latencies[0].ToSuccess.P50),
        ("202 to SUCCESS, p99 ms", report => report.Latencies[0].ToSuccess.P99),
        ("CPU of the services, ms", report => report.Cost.CpuMilliseconds),
        ("CPU to baseline", report => report.CpuToBaseline),
        ("DynamoDB calls", report => report.Cost.Aws.DynamoDbCalls),
        ("write units", report => report.Cost.Aws.WriteUnits),
        ("SQS calls", report => report.Cost.Aws.SqsCalls),
    ];

    public static string Of(IReadOnlyList<Report> reports)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{reports.Count} runs, {"min",21} {"median",10} {"max",10}");

        foreach (var (name, read) in Figures)
        {
            var sorted = reports.Select(read).Order().ToList();
            text.AppendLine(CultureInfo.InvariantCulture, $"  {name,-26} {sorted[0],10:0.00} {sorted[sorted.Count / 2],10:0.00} {sorted[^1],10:0.00}");
        }

        return text.ToString();
    }
}
