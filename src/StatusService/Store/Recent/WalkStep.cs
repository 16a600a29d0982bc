namespace Waybill.StatusService.Store.Recent;

/// <summary>What is walked through, from the newest to the oldest. The letters are in cursors, which clients keep.</summary>
internal enum WalkStep
{
    /// <summary>All of an owner's records, or everybody's, each judged.</summary>
    Recent = 'r',

    /// <summary>Those that are open, by time of creation.</summary>
    Open = 'w',

    /// <summary>Those that have failed for good, by time of failing.</summary>
    Failed = 'f',

    /// <summary>Those with a correlation id.</summary>
    Correlation = 'c',

    /// <summary>Those of an endpoint.</summary>
    Endpoint = 'e',

    /// <summary>Those of the hours in which a release before 0.2 was at work, which the other indexes may not have; each judged.</summary>
    Older = 'o',
}
