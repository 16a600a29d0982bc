using Waybill.Bench.Measuring;
using Waybill.Bench.Running;

namespace Waybill.Bench.Reporting;

/// <summary>What a delivered notification takes, of an event and posted directly.</summary>
/// <param name="IsComplete">Each endpoint got each event once, and each direct one was delivered once.</param>
internal sealed record FanOutFigures(int Endpoints, int Events, bool IsComplete, WayFigures OfEvents, WayFigures Direct)
{
    public static FanOutFigures Of(FanOutResult events, LoadResult direct)
    {
        var counts = Counts.Of(direct);

        return new FanOutFigures(
            events.Endpoints,
            events.Events,
            events.IsComplete && counts.AreEqual,
            WayFigures.Of(events.Use, events.Delivered),
            WayFigures.Of(direct.Use, counts.Delivered));
    }

    public override string ToString() => FormattableString.Invariant(
        $"  {Events,5} events to {Endpoints,3} endpoints  {OfEvents}\n  {Events * Endpoints,5} direct notifications    {Direct}{(IsComplete ? "" : "\n  NOT all delivered once")}");
}

/// <param name="CpuMilliseconds">Of the three services together.</param>
internal sealed record WayFigures(double CpuMilliseconds, AwsUse Aws)
{
    public static WayFigures Of(Snapshot use, int delivered)
    {
        var each = Math.Max(1.0, delivered);
        return new WayFigures(Math.Round(use.Services.Sum(service => service.CpuMilliseconds) / each, 3), AwsUse.Of(use.Totals, each));
    }

    public override string ToString() => FormattableString.Invariant(
        $"CPU {CpuMilliseconds,6:0.00} ms   DynamoDB {Aws.DynamoDbCalls,5:0.00} calls, {Aws.WriteUnits,5:0.00} write and {Aws.ReadUnits,4:0.00} read units   SQS {Aws.SqsCalls,4:0.00} calls");
}
