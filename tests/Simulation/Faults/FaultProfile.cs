namespace Waybill.Simulation.Faults;

/// <summary>Which faults a run has and how many; rates are shares of operations, the others numbers in a run.</summary>
internal sealed record FaultProfile
{
    public double Table { get; init; }

    public double Status { get; init; }

    public double Queue { get; init; }

    /// <summary>Crashes at an operation, before or after its effect.</summary>
    public double CrashAtOperation { get; init; }

    /// <summary>The same at a step of taking in an event, of finishing that, or of telling an owner something.</summary>
    public double CrashAtFanOut { get; init; }

    /// <summary>Messages that SQS keeps a second copy of.</summary>
    public double Duplicates { get; init; }

    /// <summary>Deletes that do not keep SQS from delivering once more.</summary>
    public double UndoneDeletes { get; init; }

    /// <summary>Visibility renewals that fail while a worker has the message.</summary>
    public double LostRenewals { get; init; }

    /// <summary>Longest lag of indexes and eventually consistent reads.</summary>
    public TimeSpan Lag { get; init; }

    public int Crashes { get; init; }

    public int Freezes { get; init; }

    public int Drains { get; init; }

    public int Outages { get; init; }

    public int Purges { get; init; }

    public int ClockSteps { get; init; }

    /// <summary>Records that answer an error for ever, or until they are healed.</summary>
    public int BadRecords { get; init; }

    /// <summary>Request items that vanish, as those whose time to live has ended do.</summary>
    public int Vanishings { get; init; }

    /// <summary>Replicas that are replaced by one of another release. With one or more of them the first replicas are of both releases, too.</summary>
    public int Rollouts { get; init; }

    /// <summary>
    /// Every fault family is in about half of the runs, so that many runs isolate few of them; every eighth run has none of those
    /// that excuse a duplicate call, and holds the services to exactly one.
    /// </summary>
    public static FaultProfile Of(Random random)
    {
        var calm = random.Next(8) == 0;

        return new FaultProfile
        {
            Table = calm ? 0 : Rate(random, 0.25),
            Status = calm ? 0 : Rate(random, 0.15),
            Queue = Rate(random, 0.5),
            CrashAtOperation = calm ? 0 : Rate(random, 0.06),
            Duplicates = Rate(random, 0.5),
            UndoneDeletes = Rate(random, 0.4),
            LostRenewals = Rate(random, 0.6),
            Lag = TimeSpan.FromMilliseconds(random.Next(2) == 0 ? 20 : random.Next(5000)),
            Crashes = calm ? 0 : Count(random, 4),
            Freezes = calm ? 0 : Count(random, 3),
            Drains = Count(random, 3),
            Outages = calm ? 0 : Count(random, 2),
            Purges = Count(random, 2),
            ClockSteps = Count(random, 3),
            BadRecords = calm || random.Next(4) > 0 ? 0 : random.Next(1, 3),
            Vanishings = calm || random.Next(4) > 0 ? 0 : random.Next(1, 3),
            Rollouts = calm || random.Next(4) > 0 ? 0 : random.Next(1, 7),
        };
    }

    private static double Rate(Random random, double most) => random.Next(2) == 0 ? 0 : random.NextDouble() * most;

    private static int Count(Random random, int most) => random.Next(2) == 0 ? 0 : random.Next(1, most + 1);
}
