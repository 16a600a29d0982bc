using Waybill.DeliveryWorker.Delivery;

namespace Waybill.Bench.Scale;

/// <summary>
/// Everything that docs/scale.md assumes, in one place. Each has an option of the command, so that the tables can be made anew with
/// other figures; the defaults are those of the document.
/// </summary>
internal sealed record ScaleInputs
{
    /// <summary>MEASURED, to be replaced by newer figures: what the bench says a notification costs in each service.</summary>
    public ServiceCpu Cpu { get; init; } = new(Intake: 0.22, Status: 0.54, Worker: 0.22);

    /// <summary>
    /// ASSUMED: what a task needs over what the bench measures, for TLS to AWS and receivers, the collector, the proxy of Service Connect
    /// and a slower core. To be measured in the account.
    /// </summary>
    public double CpuOverhead { get; init; } = 1.5;

    /// <summary>ASSUMED: how long receivers take to answer, in seconds.</summary>
    public double ReceiverSeconds { get; init; } = 0.25;

    /// <summary>Calls at a time of one worker, as is its default.</summary>
    public int Places { get; init; } = new DeliveryOptions().Concurrency;

    /// <summary>ASSUMED: retries for each notification.</summary>
    public double Retries { get; init; } = 0.05;

    /// <summary>Share of a DynamoDB partition's limit, and of a queue's, that a steady load may take; the rest is for bursts.</summary>
    public double PartitionUse { get; init; } = 0.5;

    /// <summary>Ids whose shards are counted.</summary>
    public int Ids { get; init; } = 250_000;

    public int Seed { get; init; } = 1;

    /// <summary>Notifications a second.</summary>
    public static IReadOnlyList<double> Rates { get; } = [1_000, 10_000, 100_000];
}

/// <summary>Milliseconds of CPU for a notification that is delivered at once, in each service.</summary>
internal sealed record ServiceCpu(double Intake, double Status, double Worker);
