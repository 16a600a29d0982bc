namespace Waybill.Bench.Scale.Needs;

/// <summary>What SQS counts as in flight: all that the workers hold, whether under way, waiting for its host's turn or in line for it.</summary>
internal static class Queues
{
    /// <summary>As many again as there are places may be claimed and wait in a worker, and eight times as many in line.</summary>
    private const int InHandForEachPlace = 10;

    public static double MostInFlight(ScaleInputs inputs, double rate) => Tasks.Of(inputs, rate).Worker * InHandForEachPlace * inputs.Places;

    /// <summary>Each used to the share that partitions are used to.</summary>
    public static double Needed(ScaleInputs inputs, double rate) =>
        Math.Ceiling(MostInFlight(inputs, rate) / (AwsLimits.MessagesInFlight * inputs.PartitionUse));
}
