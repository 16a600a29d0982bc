namespace Waybill.Notifications.Transitions;

/// <summary>What the one who asks must know besides the state, so that a late or second request changes nothing.</summary>
public enum Fence
{
    None,

    /// <summary>The version of the record it acts on.</summary>
    Version,

    /// <summary>The due time it read, which must also have come.</summary>
    DueAt,

    /// <summary>The token of the lease it was given.</summary>
    LeaseToken,
}
