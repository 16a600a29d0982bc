using Waybill.Simulation.Engine;
using Waybill.StatusService.Store.Items;

namespace Waybill.Simulation.Runs;

/// <summary>
/// Leaves out the times in which nothing happens, as if the whole installation slept: nobody is at work, nothing is in the queue, no client
/// does anything and nothing is due, or what is overdue has been looked at and nobody has moved it. So a run can last for months. What
/// DynamoDB's time to live has ended is removed meanwhile, up to days late.
/// </summary>
internal sealed class TimeLapse(World world, IReadOnlyList<Outsider> clients)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestLeap = TimeSpan.FromSeconds(5);

    /// <summary>Over what is overdue: much shorter than the half hour in which a run must recover.</summary>
    private static readonly TimeSpan LongestOverdueLeap = TimeSpan.FromSeconds(20);

    /// <summary>Looks in a row that saw no write, after which the overdue is left alone: longer than an idle Dispatcher waits between its polls.</summary>
    private const int QuietLooks = 5;

    private static readonly TimeSpan LatestRemoval = TimeSpan.FromDays(3);

    private bool _hasBegun;
    private long _writesSeen;
    private int _quietLooks;

    private DateTimeOffset Now => SimulatedClock.Start + world.Loop.Now;

    /// <summary>From here on; a second time does nothing.</summary>
    public void Begin()
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            world.Loop.After(LookEvery, Look);
        }
    }

    private void Look()
    {
        _quietLooks = world.Table.Writes == _writesSeen ? _quietLooks + 1 : 0;
        _writesSeen = world.Table.Writes;

        if (NextEvent() is { } next && next - world.Loop.Now > ShortestLeap)
        {
            world.Trace.Write("time", $"passes: {(next - world.Loop.Now).TotalHours:0.000} h");
            world.Loop.LeapTo(next - LookEvery);
            RemoveExpired();
        }

        world.Loop.After(LookEvery, Look);
    }

    /// <returns>When something is to happen next; null while something does.</returns>
    private TimeSpan? NextEvent()
    {
        if (world.Queue.Messages.Count > 0 || clients.Any(client => client is { IsDone: false, WakesAt: null }) || !world.Fleet.IsAtRest)
        {
            return null;
        }

        var wakes = clients.Where(client => !client.IsDone).Select(client => client.WakesAt!.Value);
        var dues = world.Checks.DueTimes.Select(due => due - SimulatedClock.Start).ToList();
        var coming = wakes.Concat(dues.Where(due => due > world.Loop.Now)).ToList();
        var isOverdue = coming.Count < wakes.Count() + dues.Count;

        if (coming.Count == 0 && !isOverdue)
        {
            world.Faults.Stop();
            return null;
        }

        if (isOverdue)
        {
            return _quietLooks < QuietLooks ? null : coming.Append(world.Loop.Now + LongestOverdueLeap).Min();
        }

        return coming.Min();
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
