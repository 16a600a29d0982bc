namespace Waybill.DeliveryWorker.Egress;

/// <summary>The phases of one call, in the order they happen; some are left out.</summary>
public enum CallPhase
{
    /// <summary>No connection of its own yet: also while it waits for one that another call opens.</summary>
    Waiting,

    Dns,
    Connect,
    Tls,

    /// <summary>A connection of its own stands.</summary>
    Connected,

    /// <summary>From the first byte of the request to the answer's headers.</summary>
    Headers,

    Body,
    Done,
}
