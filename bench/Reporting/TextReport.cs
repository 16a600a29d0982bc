using System.Globalization;
using System.Text;
using Waybill.Bench.Baselines;

namespace Waybill.Bench.Reporting;

/// <summary>A report for people.</summary>
internal static class TextReport
{
    public static string Of(Report report)
    {
        var text = new StringBuilder();

        Line(text, $"{report.Scenario}: {report.Load}");
        Line(text, $"{report.Machine.Cores} cores, {report.Machine.MemoryGigabytes} GB, {report.Machine.Runtime}, {report.Machine.Configuration}");
        text.AppendLine();
        Describe(text, report.Counts);
        text.AppendLine();
        Line(text, $"accepted/s {report.Throughput.AcceptedPerSecond:0}, delivered/s {report.Throughput.DeliveredPerSecond:0}; the load was late by {report.Throughput.LatestPost:0} ms at most");
        text.AppendLine();

        foreach (var latencies in report.Latencies)
        {
            Describe(text, latencies);
        }

        text.AppendLine();
        Describe(text, report.Cost);
        text.AppendLine();
        Describe(text, report.Baseline);
        Line(text, $"  Waybill: {report.CpuToBaseline} times that CPU, {report.ThroughputToBaseline:P1} of that throughput");

        return text.ToString();
    }

    private static void Describe(StringBuilder text, Counts counts)
    {
        Line(text, $"offered {counts.Offered}, accepted {counts.Accepted}, delivered {counts.Delivered}, recorded {counts.Recorded}, calls {counts.Calls}, calls too many {counts.ExtraCalls}: {(counts.AreEqual ? "equal" : "NOT EQUAL")}");

        foreach (var (problem, times) in counts.Refusals)
        {
            Line(text, $"  not accepted: {problem} ({times} times)");
        }

        foreach (var missing in counts.Missing)
        {
            Line(text, $"  missing: {missing}");
        }
    }

    private static void Describe(StringBuilder text, Latencies latencies)
    {
        if (latencies.Group is { } group)
        {
            Line(text, $"{group} ({latencies.Count})");
        }

        Line(text, $"  to 202            {latencies.ToAnswer}");
        Line(text, $"  202 to receiver   {latencies.ToReceiver}");
        Line(text, $"  202 to SUCCESS    {latencies.ToSuccess}");
    }

    private static void Describe(StringBuilder text, Cost cost)
    {
        Line(text, $"for each delivered notification: {cost.CpuMilliseconds:0.000} ms of CPU in the services");

        foreach (var process in cost.Services.Concat(cost.Others))
        {
            var allocated = process.AllocatedKilobytes is { } kilobytes ? string.Create(CultureInfo.InvariantCulture, $", {kilobytes:0.0} KB allocated") : "";
            Line(text, $"  {process.Name,-18} {process.CpuMilliseconds,7:0.000} ms CPU, peak {process.PeakMegabytes:0} MB{allocated}");
        }

        Line(text, $"  DynamoDB: {cost.Aws.DynamoDbCalls:0.00} calls, {cost.Aws.WriteUnits:0.00} write units, {cost.Aws.ReadUnits:0.00} read units, {cost.Aws.DynamoDbBytes:0} bytes");
        Line(text, $"  SQS: {cost.Aws.SqsCalls:0.00} calls, {cost.Aws.SqsBytes:0} bytes");
        Line(text, $"  {string.Join(", ", cost.Aws.Operations.Select(operation => string.Create(CultureInfo.InvariantCulture, $"{operation.Key} {operation.Value:0.00}")))}");
    }

    private static void Describe(StringBuilder text, BaselineFigures baseline)
    {
        Line(text, $"baseline: {baseline.PerSecond:0} calls/s at {baseline.CpuMillisecondsPerCall} ms of CPU each");

        if (baseline.PacedCpuMillisecondsPerCall is { } paced)
        {
            Line(text, $"  at the rate of the load: {paced} ms of CPU each");
        }
    }

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
