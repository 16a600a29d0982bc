namespace Waybill.Bench.Measuring;

/// <summary>The live metrics of one process, by <c>name|tag|tag…</c>; tags are in the order of their names.</summary>
internal sealed record Totals(IReadOnlyDictionary<string, double> Values)
{
    private static readonly string[] Ends = ["Succeed", "Fail", "Abandon", "Cancel"];

    /// <summary>Transitions to a final state.</summary>
    public double Finished => Sum("waybill.transitions", tags => Ends.Contains(tags[0]));

    public double this[string name] => Values.GetValueOrDefault(name);

    /// <summary>The sum over those whose tags are as wanted.</summary>
    public double Sum(string name, Func<string[], bool> wanted) => Of(name).Where(value => wanted(value.Tags)).Sum(value => value.Value);

    public IEnumerable<(string[] Tags, double Value)> Of(string name) =>
        Values
            .Where(value => value.Key.StartsWith(name + "|", StringComparison.Ordinal))
            .Select(value => (value.Key.Split('|')[1..], value.Value));

    public Totals Since(Totals earlier) => new(Values.ToDictionary(value => value.Key, value => value.Value - earlier[value.Key]));
}
