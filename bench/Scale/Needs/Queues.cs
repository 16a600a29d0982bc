namespace Waybill.Bench.Scale.Needs;

/// <summary>What SQS counts as in flight: all that the workers hold, whether under way or waiting for its host's turn.</summary>
internal static class Queues
{
    /// <summary>As many again as there are places may wait in a worker.</summary>
    private const int InHandForEachPlace = 2;

    public static double MostInFlight(ScaleInputs inputs, double rate) => Tasks.Of(inputs, rate).Worker * InHandForEachPlace * inputs.Places;

    /// <summary>Each used to the share that partitions are used to.</summary>
    public static double Needed(ScaleInputs inputs, double rate) =>
        Math.Ceiling(MostInFlight(inputs, rate) / (AwsLimits.MessagesInFlight * inputs.PartitionUse));
}
