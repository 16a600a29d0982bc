namespace Waybill.Bench.Scale.Sharding;

/// <summary>The fewest shards with which each index keeps below the limit of a partition, for each rate.</summary>
/// <param name="Recent">With an hour in its keys, as it is.</param>
/// <param name="LastingRecent">If its keys were the shards alone.</param>
internal sealed record ShardNeeds(double Rate, IndexNeed Due, IndexNeed Recent, IndexNeed LastingRecent)
{
    public static IReadOnlyList<ShardNeeds> Of(ScaleInputs inputs) => [.. ScaleInputs.Rates.Select(rate => Of(rate, inputs))];

    private static ShardNeeds Of(double rate, ScaleInputs inputs)
    {
        var units = WriteUnits.Of(inputs.Retries, rate);

        return new ShardNeeds(
            rate,
            IndexNeed.OfLasting(units.Due, inputs),
            IndexNeed.OfHourly(units.Recent, inputs),
            IndexNeed.OfLasting(units.Recent, inputs));
    }
}
