namespace Waybill.Simulation.Model;

internal enum LeaseHolder
{
    None,
    First,
    Second,

    /// <summary>A worker that crashed.</summary>
    Nobody,
}

internal enum Moment
{
    /// <summary>Not set.</summary>
    None,

    Later,

    Come,
}

internal enum IntakeStep
{
    Begin,
    Accepted,
    Sent,
    SendFailed,
    Done,
}

internal enum DispatcherStep
{
    Idle,

    /// <summary>The status service has read the record, and is about to mark it.</summary>
    Dispatching,

    /// <summary>It has read it, and is about to give it up.</summary>
    Abandoning,

    Marked,
    SendFailed,
}

internal enum WorkerStep
{
    Idle,
    Received,
    Claimed,
    Succeeded,
    Failed,
    Recorded,
}
