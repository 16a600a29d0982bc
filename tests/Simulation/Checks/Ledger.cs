using Waybill.Simulation.Runs;

namespace Waybill.Simulation.Checks;

/// <summary>What is known about one notification from outside the table.</summary>
internal sealed class Ledger(NotificationScript script)
{
    public NotificationScript Script => script;

    /// <summary>A client got 202 for it.</summary>
    public bool IsAccepted { get; set; }

    public int Calls { get; set; }

    public int SuccessfulCalls { get; set; }

    /// <summary>Leases under which a result was written.</summary>
    public HashSet<string> Recorded { get; } = [];

    /// <summary>Faults on it that may each cost one call more than its attempts.</summary>
    public int Excuses { get; set; }

    /// <summary>Recorded attempts, since the last redelivery, that count towards the limit.</summary>
    public int CountedAttempts { get; set; }

    /// <summary>The lease that each worker was given last.</summary>
    public Dictionary<string, string> Leases { get; } = [];

    /// <summary>When each worker asked for that lease.</summary>
    public Dictionary<string, TimeSpan> Asked { get; } = [];

    /// <summary>Where each worker's last call went, of an event.</summary>
    public Dictionary<string, string> Urls { get; } = [];

    /// <summary>When a worker learnt last that it may deliver.</summary>
    public DateTimeOffset ClaimedAt { get; set; }

    /// <summary>When the next attempt may be made; null: at once.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>When its request vanished; null: it is there.</summary>
    public DateTimeOffset? RequestGoneAt { get; set; }

    /// <summary>There was a time without its request; a client that posts it again brings it back.</summary>
    public bool LackedItsRequest { get; set; }

    /// <summary>The endpoint that it was for was deleted, so it may end without an attempt.</summary>
    public bool LacksItsEndpoint { get; set; }

    /// <summary>Its time to live has ended, after its end.</summary>
    public bool IsExpired { get; set; }

    /// <summary>Dispatches in a row that led to no call.</summary>
    public int IdleRounds { get; set; }

    public int UnrecordedCalls => Calls - Recorded.Count;
}
