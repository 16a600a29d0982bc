using Waybill.Notifications.Storage;

namespace Waybill.Bench.Scale.Sharding;

/// <summary>What the busiest shard of today's eight sees at each rate.</summary>
internal static class HeatTable
{
    public static MarkdownTable Of(ScaleInputs inputs)
    {
        var table = new MarkdownTable("heat", "index", "write units for each notification", "busiest shard, write units a second at 1,000", "at 10,000", "at 100,000", "full at, notifications a second");
        var busiest = ShardSpread.Of(SeededIds.InTime(inputs.Seed, inputs.Ids), Shards.Count, id => Shards.Of(id)).BusiestShare;
        var units = WriteUnits.Of(inputs.Retries);

        Add(table, TableDefinition.Due.Name, units.Due, busiest);
        Add(table, TableDefinition.Recent.Name, units.Recent, busiest);
        return table;
    }

    private static void Add(MarkdownTable table, string index, double units, double busiest) => table.Add(
    [
        $"`{index}`",
        MarkdownTable.Number(units),
        .. ScaleInputs.Rates.Select(rate => Heat(rate * units * busiest)),
        MarkdownTable.Number(AwsLimits.PartitionWriteUnits / (units * busiest)),
    ]);

    private static string Heat(double units) => MarkdownTable.Number(units) + (units > AwsLimits.PartitionWriteUnits ? " **over**" : "");
}
