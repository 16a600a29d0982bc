using Waybill.Bench.Scale.Sharding;
using Waybill.DeliveryWorker.Fairness;
using Waybill.Infra.Services;

namespace Waybill.Bench.Scale.Needs;

/// <summary>What each rate needs, one need a line.</summary>
internal static class NeedsTable
{
    /// <summary>Accept, Queue, Claim and the result; of a retry, read, Redispatch, Claim and the result.</summary>
    private const double InternalCalls = 4;

    /// <summary>Sending, receiving, deleting.</summary>
    private const double QueueActions = 3;

    /// <summary>One of intake, four of the status service, one of the worker.</summary>
    private const double Segments = 6;

    private const double LogKilobytes = 4;

    /// <summary>Of a post and its answer, at the load balancer.</summary>
    private const double PostBytes = 1_500;

    private const double SecondsInHour = 3600;
    private const double Gigabyte = 1e9;
    private const double Kilobyte = 1000;

    public static MarkdownTable Of(ScaleInputs inputs, IReadOnlyList<ShardNeeds> shards)
    {
        var table = new MarkdownTable("needs", ["notifications a second", .. ScaleInputs.Rates.Select(MarkdownTable.Number), "limit"]);
        var attempts = 1 + inputs.Retries;
        var host = new FairnessOptions();

        void Add(string what, Func<double, double> need, string limit) =>
            table.Add([what, .. ScaleInputs.Rates.Select(rate => MarkdownTable.Number(need(rate))), limit]);

        Add("write units a second, table", rate => WriteUnits.Of(inputs.Retries, rate).Table, Limit(AwsLimits.TableUnits, "quota, can be raised"));
        Add("write units a second, `due`", rate => WriteUnits.Of(inputs.Retries, rate).Due, Limit(AwsLimits.TableUnits, "quota of each index"));
        Add("write units a second, `recent`", rate => WriteUnits.Of(inputs.Retries, rate).Recent, Limit(AwsLimits.TableUnits, "quota of each index"));
        Add("partitions of the table, at least", rate => Partitions(inputs, rate), $"{AwsLimits.PartitionWriteUnits:N0} write units each");
        Add("shards of `due`", rate => Of(shards, rate).Due.Shards, Limit(Notifications.Storage.Shards.Count, "in the code"));
        Add("shards of `recent`, keys with an hour", rate => Of(shards, rate).Recent.Shards, Limit(Notifications.Storage.Shards.Count, "in the code"));
        Add("shards of `recent`, keys without", rate => Of(shards, rate).LastingRecent.Shards, "");
        Add("calls of the internal API a second", rate => rate * InternalCalls * attempts, "");
        Add("tasks of intake", rate => Tasks.Of(inputs, rate).Intake, Limit(Sizes.MostIntakeTasks, "configured"));
        Add("tasks of intake as scaled on requests", rate => Math.Max(Sizes.LeastTasks, Math.Ceiling(rate * 60 / Sizes.RequestsPerTask)), Limit(Sizes.MostIntakeTasks, "configured"));
        Add("tasks of status", rate => Tasks.Of(inputs, rate).Status, Limit(Sizes.MostStatusTasks, "configured"));
        Add("tasks of worker", rate => Tasks.Of(inputs, rate).Worker, Limit(Sizes.MostWorkerTasks, "configured"));
        Add("of them for CPU alone", rate => Math.Ceiling(rate / Tasks.ByCpu(inputs, inputs.Cpu.Worker)), "");
        Add("vCPU", rate => Tasks.Of(inputs, rate).VirtualCpus, "quota, can be raised");
        Add("calls under way", rate => rate * attempts * inputs.ReceiverSeconds, "");
        Add("connections to one receiver, at most", rate => Tasks.Of(inputs, rate).Worker * host.MaxPerHost, Limit(AwsLimits.NatConnections, "of each NAT address"));
        Add("first calls to a new receiver at once", rate => Tasks.Of(inputs, rate).Worker * host.InitialPerHost, "the receiver");
        Add("messages in flight, at most", rate => Queues.MostInFlight(inputs, rate), Limit(AwsLimits.MessagesInFlight, "of each queue"));
        Add("queues, at most half full", rate => Queues.Needed(inputs, rate), Limit(1, "in the code"));
        Add("SQS calls a second, one message each", rate => rate * QueueActions * attempts, "nearly unlimited");
        Add("SQS calls a second, in full batches", rate => rate * QueueActions * attempts / AwsLimits.MessagesInBatch, "nearly unlimited");
        Add("addresses in the subnets of intake and status", rate => Tasks.Of(inputs, rate).Intake + Tasks.Of(inputs, rate).Status, Limit(Addresses, "two zones"));
        Add("addresses in the subnets of the workers", rate => Tasks.Of(inputs, rate).Worker, Limit(Addresses, "two zones"));
        Add("LCU of the load balancer, by bytes", rate => rate * PostBytes * SecondsInHour / Gigabyte, "");
        Add("segments to X-Ray a second, every trace", rate => rate * Segments * attempts, Limit(AwsLimits.XRaySegments, "quota, can be raised"));
        Add("MB of log a second", rate => rate * LogKilobytes / Kilobyte, "");
        return table;
    }

    private static double Addresses => 2 * ((1 << (32 - Sizes.SubnetBits)) - AwsLimits.ReservedAddresses);

    private static double Partitions(ScaleInputs inputs, double rate) =>
        Math.Ceiling(WriteUnits.Of(inputs.Retries, rate).Table / (AwsLimits.PartitionWriteUnits * inputs.PartitionUse));

    private static ShardNeeds Of(IReadOnlyList<ShardNeeds> needs, double rate) => needs.Single(need => need.Rate == rate);

    private static string Limit(double value, string what) => $"{MarkdownTable.Number(value)} ({what})";
}
