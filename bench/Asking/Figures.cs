using Waybill.Bench.Measuring;

namespace Waybill.Bench.Asking;

/// <summary>
/// What a question took. Units and calls are medians: the status service looks each minute whether an earlier release is at work, and now and then
/// that falls into a question's time.
/// </summary>
internal sealed record Figures(string Question, Limits Limits, double ReadUnits, double WriteUnits, double Calls, Percentiles Latency)
{
    public double Units => ReadUnits + WriteUnits;

    public bool HoldUnitsAndCalls => !(Units > Limits.Units) && !(Calls > Limits.Calls);

    public bool Hold => HoldUnitsAndCalls && !(Latency.P99 > Limits.P99);

    public static Figures Of(string question, Limits limits, IReadOnlyList<(AwsUse Use, long Ticks)> asked) => new(
        question,
        limits,
        Median(asked.Select(one => one.Use.ReadUnits)),
        Median(asked.Select(one => one.Use.WriteUnits)),
        Median(asked.Select(one => one.Use.DynamoDbCalls)),
        Percentiles.Of(asked.Select(one => one.Ticks)));

    public override string ToString() => FormattableString.Invariant(
        $"{Question,-42} {ReadUnits,7:0.0} read {WriteUnits,6:0.0} written {Calls,6:0} calls   p50 {Latency.P50,6:0.0}   p99 {Latency.P99,6:0.0} ms{Judged()}");

    private string Judged()
    {
        var limits = new[]
        {
            Limits.Units is { } units ? FormattableString.Invariant($"{units} units") : null,
            Limits.Calls is { } calls ? FormattableString.Invariant($"{calls} calls") : null,
            Limits.P99 is { } p99 ? FormattableString.Invariant($"{p99} ms") : null,
        }.OfType<string>().ToArray();

        return limits.Length == 0 ? "" : $"   at most {string.Join(", ", limits)}{(Hold ? "" : ": NOT HELD")}";
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;
}
