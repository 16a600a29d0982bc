using Waybill.Bench.Scenarios;

namespace Waybill.Bench.Reporting;

/// <summary>What was offered. A figure means nothing without it.</summary>
/// <param name="PerSecond">Null: all at once.</param>
internal sealed record Load(
    int Count,
    double? PerSecond,
    int PayloadBytes,
    int WarmUp,
    int Connections,
    int Workers,
    int Stored,
    string Backend,
    IReadOnlyDictionary<string, string> Settings)
{
    public static Load Of(Scenario scenario) => new(
        scenario.Count,
        scenario.PerSecond,
        scenario.PayloadBytes,
        scenario.WarmUp,
        scenario.Connections,
        scenario.Workers,
        scenario.Stored,
        scenario.Backend.ToString(),
        scenario.Settings);

    public override string ToString()
    {
        var rate = PerSecond is { } perSecond ? FormattableString.Invariant($"{perSecond} per second") : "all at once";
        var stored = Stored > 0 ? FormattableString.Invariant($", {Stored} stored before") : "";
        return $"{Count} of {PayloadBytes} B, {rate}, after {WarmUp} to warm up; {Connections} connections, {Workers} worker{(Workers == 1 ? "" : "s")}, {Backend}{stored}";
    }
}
