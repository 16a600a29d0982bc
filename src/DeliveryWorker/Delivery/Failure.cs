namespace Waybill.DeliveryWorker.Delivery;

/// <summary>Why there is no complete answer.</summary>
/// <param name="Message">For people; not stable.</param>
public sealed record Failure(FailureKind Kind, string Message);
