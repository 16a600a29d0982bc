using Waybill.Simulation.Faults;

namespace Waybill.Simulation.Runs;

/// <summary>What kind of trouble a run is about.</summary>
/// <param name="Faults">Which faults there are; chance decides the rest.</param>
internal sealed record Theme(Func<Random, FaultProfile> Faults)
{
    /// <summary>Some of everything.</summary>
    public static readonly Theme Any = new(FaultProfile.Of);

    /// <summary>Those about one kind of trouble, by the name that the replay command knows them by.</summary>
    public static readonly IReadOnlyDictionary<string, Theme> Named = new Dictionary<string, Theme>
    {
        ["skew"] = new(_ => new() { ClockSteps = 12, Freezes = 3, Duplicates = 0.5, UndoneDeletes = 0.4, Lag = TimeSpan.FromSeconds(1) }),
        ["drain"] = new(_ => new() { Drains = 8, Duplicates = 0.5, UndoneDeletes = 0.4, LostRenewals = 0.5, Lag = TimeSpan.FromSeconds(1) }),
        ["records"] = new(random => new() { BadRecords = random.Next(1, 6), Table = 0.03, Crashes = random.Next(3), Lag = TimeSpan.FromSeconds(0.2) })
        {
            MostNotifications = 8,
        },
        ["expiry"] = new(random => new() { Vanishings = random.Next(1, 6), Table = 0.03, Crashes = random.Next(3), Duplicates = 0.3, Lag = TimeSpan.FromSeconds(0.2) })
        {
            MostNotifications = 8,
            ClientsSteer = true,
        },
        ["releases"] = new(random => new() { Rollouts = random.Next(4, 13), Status = 0.03, Duplicates = 0.3, UndoneDeletes = 0.2, Lag = TimeSpan.FromSeconds(0.2) })
        {
            MostNotifications = 8,
            ClientsSteer = true,
        },
        ["events"] = new(random => FaultProfile.Of(random) with { CrashAtOperation = 0.06 * random.NextDouble(), CrashAtFanOut = 0.12, BadRecords = 0, Vanishings = 0, Rollouts = 0 })
        {
            MostNotifications = 2,
            Events = true,
        },
        ["event-releases"] = new(random => new() { Rollouts = random.Next(4, 13), Status = 0.03, CrashAtOperation = 0.02, CrashAtFanOut = 0.12, Duplicates = 0.3, UndoneDeletes = 0.2, Lag = TimeSpan.FromSeconds(0.2) })
        {
            MostNotifications = 2,
            Events = true,
        },
        ["silent"] = new(random => FaultProfile.Of(random) with { CrashAtOperation = 0.01 * random.NextDouble(), CrashAtFanOut = 0.1, BadRecords = 0, Vanishings = 0, Rollouts = 0 })
        {
            MostNotifications = 3,
            ClientsSteer = true,
            Events = true,
            Silent = true,
        },
        ["months"] = new(random => new() { Table = 0.02 * random.NextDouble(), Status = 0.02 * random.NextDouble(), Queue = 0.05 * random.NextDouble(), Duplicates = 0.2, UndoneDeletes = 0.1, Lag = TimeSpan.FromSeconds(0.2) })
        {
            IsLong = true,
        },
    };

    /// <summary>Notifications in a run; it has at least one.</summary>
    public int MostNotifications { get; init; } = 4;

    /// <summary>Most clients cancel or redeliver; else every third one.</summary>
    public bool ClientsSteer { get; init; }

    /// <summary>Some are events, to the endpoints of a tenant that change meanwhile.</summary>
    public bool Events { get; init; }

    /// <summary>Endpoints are paused, disabled and fail for long besides, and their owner is told.</summary>
    public bool Silent { get; init; }

    /// <summary>Over months, with faults all along.</summary>
    public bool IsLong { get; init; }
}
