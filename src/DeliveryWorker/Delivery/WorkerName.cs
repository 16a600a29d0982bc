namespace Waybill.DeliveryWorker.Delivery;

/// <summary>Names this process in leases, for people.</summary>
public sealed record WorkerName(string Value)
{
    public static WorkerName OfThisProcess { get; } = new($"{Environment.MachineName}-{Environment.ProcessId}");
}
