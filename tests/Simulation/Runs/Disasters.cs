using Waybill.Notifications.Storage;
using Waybill.Simulation.Faults;
using Waybill.StatusService.Store.Items;

namespace Waybill.Simulation.Runs;

/// <summary>The faults that befall a process, a backend or a clock as a whole, at seeded moments.</summary>
internal sealed class Disasters(World world)
{
    private static readonly TimeSpan LongestFreeze = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestOutage = TimeSpan.FromSeconds(10);

    /// <param name="whenOver">Called when there will be no more of them.</param>
    public void Plan(Action whenOver)
    {
        var profile = world.Faults.Profile;
        Plan(profile.Crashes, Crash);
        Plan(profile.Freezes, Freeze);
        Plan(profile.Drains, Drain);
        Plan(profile.Outages, BeginOutage);
        Plan(profile.Purges, Purge);
        Plan(profile.ClockSteps, StepClock);
        Plan(profile.BadRecords, world.Sick.Strike);
        Plan(profile.Vanishings, Vanish);
        Plan(profile.Rollouts, RollOut);
        world.Loop.At(world.Scenario.FaultsUntil, () =>
        {
            world.Faults.Stop();

            if (world.Theme.Events)
            {
                world.Fleet.ComeForward();
            }

            whenOver();
        });
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

    private void Vanish()
    {
        var requests = world.Table.Items.Where(item => item[StoredNames.Kind].S == TableDefinition.RequestItem).ToList();

        if (requests.Count > 0)
        {
            var item = requests[world.Random.Next(requests.Count)];
            var id = item[StoredNames.Id].S;
            world.Trace.Write("table", $"!the request of {id} has expired");
            world.Table.Impose(item, null);
            world.Checks.Vanished(id);
        }
    }

    private void RollOut()
    {
        if (world.Fleet.AnyReplica() is { } replica)
        {
            world.Fleet.RollOut(replica);
        }
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
