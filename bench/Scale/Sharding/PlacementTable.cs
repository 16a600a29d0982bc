using Waybill.Notifications.Storage;

namespace Waybill.Bench.Scale.Sharding;

/// <summary>Shards that share partitions: eight, as deployed, and as many as it takes.</summary>
internal static class PlacementTable
{
    public static MarkdownTable Of(ScaleInputs inputs, IReadOnlyList<ShardNeeds> needs)
    {
        var table = new MarkdownTable("placement", "a second", "index", "shards", "write units of each", "partitions", "shards on the busiest", "its write units", "placements over the limit");

        foreach (var need in needs)
        {
            AddBoth(table, inputs, need.Rate, $"`{TableDefinition.Due.Name}`", need.Due);
            AddBoth(table, inputs, need.Rate, $"`{TableDefinition.Recent.Name}`", need.Recent);
        }

        return table;
    }

    private static void AddBoth(MarkdownTable table, ScaleInputs inputs, double rate, string index, IndexNeed need)
    {
        if (need.Shards > Shards.Count)
        {
            Add(table, inputs, rate, index, need with { Shards = Shards.Count });
        }

        Add(table, inputs, rate, index, need);
    }

    private static void Add(MarkdownTable table, ScaleInputs inputs, double rate, string index, IndexNeed need)
    {
        var placement = new Placement(need.Shards, need.Partitions, inputs.Seed);
        var usual = placement.Usual();

        table.Add(
            MarkdownTable.Number(rate),
            index,
            MarkdownTable.Number(need.Shards),
            MarkdownTable.Number(need.UnitsPerShard),
            MarkdownTable.Number(need.Partitions),
            MarkdownTable.Number(usual),
            MarkdownTable.Number(usual * need.UnitsPerShard),
            MarkdownTable.Percent(placement.Throttled(need.Units)));
    }
}
