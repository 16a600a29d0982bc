using Waybill.Bench.Scale.Autoscaling;
using Waybill.Bench.Scale.Cost;
using Waybill.Bench.Scale.Dispatching;
using Waybill.Bench.Scale.Needs;
using Waybill.Bench.Scale.Sharding;

namespace Waybill.Bench.Scale;

/// <summary>All tables of docs/scale.md, in its order.</summary>
internal static class ScaleReport
{
    public static IReadOnlyList<MarkdownTable> Tables(ScaleInputs inputs)
    {
        var shards = ShardNeeds.Of(inputs);

        return
        [
            NeedsTable.Of(inputs, shards),
            CapacityTable.Of(inputs),
            ReceiversTable.Of(inputs),
            CostTable.Of(inputs),
            SpreadTable.Of(inputs),
            HeatTable.Of(inputs),
            PlacementTable.Of(inputs, shards),
            PollingTable.Of(inputs, shards),
            CourseTable.Of(inputs),
            CourseTable.Summary(inputs),
        ];
    }
}
