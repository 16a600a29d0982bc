namespace Waybill.IntakeService.Redeliveries;

/// <summary>What became of one notification that a job was to redeliver.</summary>
internal enum EntryOutcome
{
    Redelivered,

    /// <summary>Somebody else had moved it on, or its record cannot be written.</summary>
    Skipped,

    /// <summary>It is to be delivered again, but the queue did not take it: the Dispatcher sends it, and the job waits for the queue.</summary>
    QueueFailed,
}
