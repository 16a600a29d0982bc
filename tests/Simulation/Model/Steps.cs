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
    Read,
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
