using System.Globalization;
using Waybill.Notifications.Storage;

namespace Waybill.Bench.Scale.Sharding;

/// <summary>The production rule over many ids: today's shards, and more of them.</summary>
internal static class SpreadTable
{
    private static readonly int[] Shardings = [Shards.Count, 64, 100, 512];

    public static MarkdownTable Of(ScaleInputs inputs)
    {
        var table = new MarkdownTable("spread", "ids", "shards", "idlest shard, of the mean", "busiest shard, of the mean", "verdict");

        foreach (var shards in Shardings)
        {
            Add(table, "time-ordered", shards, SeededIds.InTime(inputs.Seed, inputs.Ids));
            Add(table, "of idempotency keys", shards, SeededIds.OfKeys(inputs.Seed, inputs.Ids));
        }

        return table;
    }

    private static void Add(MarkdownTable table, string kind, int shards, IEnumerable<string> ids)
    {
        var spread = ShardSpread.Of(ids, shards, id => Shards.Of(id, shards));

        table.Add(
            kind,
            MarkdownTable.Number(shards),
            spread.IdlestToMean.ToString("0.000", CultureInfo.InvariantCulture),
            spread.BusiestToMean.ToString("0.000", CultureInfo.InvariantCulture),
            spread.IsEven ? "even" : "HOT SPOT");
    }
}
