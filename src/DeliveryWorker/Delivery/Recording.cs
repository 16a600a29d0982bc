namespace Waybill.DeliveryWorker.Delivery;

/// <summary>What became of a result.</summary>
public enum Recording
{
    Recorded,

    /// <summary>The lease was taken over: someone else's result counts.</summary>
    Refused,

    /// <summary>No answer from the status service while the lease held, or its word that the record cannot be written.</summary>
    Failed,
}
