namespace Waybill.IntakeService.Dispatching;

/// <summary>What one look at all shards found; it decides when the next one is.</summary>
public enum PassOutcome
{
    NothingDue,

    Worked,

    /// <summary>A shard had a full page, so there may be more to do at once.</summary>
    MoreIsWaiting,

    /// <summary>The queue or the status service did not answer; what was left of the pass stays due.</summary>
    Failed,
}
