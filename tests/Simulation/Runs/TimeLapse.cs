using Waybill.Simulation.Engine;
using Waybill.StatusService.Store;

namespace Waybill.Simulation.Runs;

/// <summary>
/// Lets a run last for months: the times in which nothing is due, nothing is in the queue and no client does anything are left out, as if
/// the whole installation slept. What DynamoDB's time to live has ended is removed meanwhile, up to days late.
/// </summary>
internal sealed class TimeLapse(World world, IReadOnlyList<SimulatedClient> clients)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestLeap = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LatestRemoval = TimeSpan.FromDays(3);

    private DateTimeOffset Now => SimulatedClock.Start + world.Loop.Now;

    public void Begin() => world.Loop.After(LookEvery, Look);

    private void Look()
    {
        if (NextEvent() is { } next && next - world.Loop.Now > ShortestLeap)
        {
            world.Trace.Write("time", $"passes: {(next - world.Loop.Now).TotalHours:0.0} h");
            world.Loop.LeapTo(next - LookEvery);
            RemoveExpired();
        }

        world.Loop.After(LookEvery, Look);
    }

    /// <returns>When something is to happen next; null while something does.</returns>
    private TimeSpan? NextEvent()
    {
        var wakes = clients.Where(client => !client.IsDone).Select(client => client.WakesAt).ToList();
        var dues = world.Checks.DueTimes.Select(due => due - SimulatedClock.Start).ToList();

        if (world.Queue.Messages.Count > 0 || wakes.Contains(null))
        {
            return null;
        }

        if (wakes.Count == 0 && dues.Count == 0)
        {
            world.Faults.Stop();
            return null;
        }

        return wakes.Select(wake => wake!.Value).Concat(dues).Min();
    }

    private void RemoveExpired()
    {
        foreach (var item in world.Table.Items.ToList())
        {
            if (item.Long(StoredNames.ExpiresAt) is { } seconds && IsRemovedBy(Now - DateTimeOffset.FromUnixTimeSeconds(seconds)))
            {
                world.Trace.Write("table", $"!time to live: {item[StoredNames.Id].S} {item[StoredNames.Kind].S}");
                world.Checks.Expired(item);
                world.Table.Impose(item, null);
            }
        }
    }

    private bool IsRemovedBy(TimeSpan since) => since > LatestRemoval * world.Random.NextDouble();
}
