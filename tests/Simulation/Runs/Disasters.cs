using Waybill.Simulation.Faults;

namespace Waybill.Simulation.Runs;

/// <summary>The faults that befall a process, a backend or a clock as a whole, at seeded moments.</summary>
internal sealed class Disasters(World world)
{
    private static readonly TimeSpan LongestFreeze = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestOutage = TimeSpan.FromSeconds(10);

    public void Plan()
    {
        var profile = world.Faults.Profile;
        Plan(profile.Crashes, Crash);
        Plan(profile.Freezes, Freeze);
        Plan(profile.Drains, Drain);
        Plan(profile.Outages, BeginOutage);
        Plan(profile.Purges, Purge);
        Plan(profile.ClockSteps, StepClock);
        world.Loop.At(world.Scenario.FaultsUntil, world.Faults.Stop);
    }

    private void Plan(int count, Action disaster)
    {
        for (var i = 0; i < count; i++)
        {
            world.Faults.Count();
            world.Loop.At(Moment(), disaster);
        }
    }

    /// <summary>More often early, when there is most to disturb.</summary>
    private TimeSpan Moment() => world.Scenario.FaultsUntil * Math.Pow(world.Random.NextDouble(), 2);

    private void Crash()
    {
        if (world.Fleet.AnyReplica() is { } replica)
        {
            world.Fleet.Crash(replica.Process);
        }
    }

    private void Freeze()
    {
        if (world.Fleet.AnyReplica() is { } replica)
        {
            world.Fleet.Freeze(replica, LongestFreeze * world.Random.NextDouble());
        }
    }

    private void Drain()
    {
        if (world.Fleet.AnyToDrain() is { } replica)
        {
            world.Fleet.Drain(replica);
        }
    }

    private void BeginOutage()
    {
        var boundary = (Boundary)world.Random.Next(Enum.GetValues<Boundary>().Length);
        world.Trace.Write("outage", $"!{boundary}");
        world.Faults.BeginOutage(boundary, LongestOutage * world.Random.NextDouble());
    }

    private void Purge()
    {
        world.Trace.Write("queue", "!purged");
        world.Queue.Purge();
    }

    private void StepClock()
    {
        if (world.Fleet.AnyReplica() is { } replica)
        {
            replica.Process.Skew = world.NewSkew();
            world.Trace.Write(replica.Process.Name, $"!its clock steps to {replica.Process.Skew.TotalSeconds:0.00} s off");
        }
    }
}
