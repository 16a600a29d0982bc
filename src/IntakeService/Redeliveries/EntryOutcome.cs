namespace Waybill.IntakeService.Redeliveries;

/// <summary>What became of one notification that a job was to redeliver.</summary>
internal enum EntryOutcome
{
    Redelivered,

    /// <summary>Somebody else had moved it on, there is nothing left to send, or its record cannot be written.</summary>
    Skipped,

    /// <summary>It is to be delivered again, but the queue did not take it, or that could not be noted: it is sent all the same, and the job waits.</summary>
    QueueFailed,
}
