using Waybill.Simulation.Runs;

namespace Waybill.Simulation.Processes;

/// <summary>All service instances, and what befalls them as a whole: crash, freeze, drain.</summary>
internal sealed class Fleet(World world)
{
    private static readonly TimeSpan LongestAbsence = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan DrainDeadline = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan DrainPoll = TimeSpan.FromMilliseconds(100);

    private readonly List<Slot> _slots = [];

    public void Start(int status, int intakes, int workers)
    {
        Add(status, "status", process => new StatusReplica(world, process));
        Add(intakes, "intake", process => new Intake(world, process));
        Add(workers, "worker", process => new Worker(world, process));
        _slots.ForEach(slot => slot.Start());
    }

    /// <summary>Null when none is up; a frozen one is, and will not answer.</summary>
    public StatusReplica? AnyStatusReplica() => Any<StatusReplica>(replica => replica.Process.IsAlive);

    public Worker? AnyWorkerWithRoom() => Any<Worker>(worker => worker.HasRoom);

    public Intake? AnyIntake() => Any<Intake>(intake => !intake.Lifetime.IsStopping);

    public Replica? AnyReplica() => Any<Replica>(_ => true);

    public Replica? AnyToDrain() => Any<Replica>(replica => replica is Worker or Intake);

    /// <summary>Everyone is up, and nobody is in the middle of anything.</summary>
    public bool IsAtRest => _slots.TrueForAll(slot => slot.Current is { IsIdle: true, TakesWork: true });

    public void Crash(SimulatedProcess process)
    {
        if (SlotOf(process) is not { } slot)
        {
            return;
        }

        world.Trace.Write(process.Name, "!crashes");
        ExcuseWhatIsInHand(slot.Current!);
        Replace(slot);
    }

    public void Freeze(Replica replica, TimeSpan length)
    {
        world.Trace.Write(replica.Process.Name, $"!freezes for {length.TotalSeconds:0.0} s");
        ExcuseWhatIsInHand(replica);
        replica.Process.Freeze(length);
    }

    /// <summary>SIGTERM: it finishes what is in hand, then ends.</summary>
    public void Drain(Replica replica)
    {
        world.Trace.Write(replica.Process.Name, "drains");
        replica.Lifetime.StopApplication();
        EndWhenIdle(replica, world.Loop.Now + DrainDeadline);
    }

    /// <summary>Another release takes its place, forwards or back. The status service hands over at once: whoever waits for its answer gets none.</summary>
    public void RollOut(Replica replica)
    {
        if (SlotOf(replica.Process) is not { } slot)
        {
            return;
        }

        var next = world.Releases.OtherThan(slot.Release);

        if (!world.Releases.MayBe(next, slot.Name))
        {
            return;
        }

        slot.Release = next;
        world.Trace.Write(replica.Process.Name, $"!is replaced by release {slot.Release}");

        if (replica is StatusReplica)
        {
            Replace(slot);
        }
        else
        {
            Drain(replica);
        }
    }

    /// <summary>Whatever is of the release before is replaced by this one, which alone finishes what has to do with events.</summary>
    public void ComeForward()
    {
        foreach (var slot in _slots.Where(slot => slot.Release == Release.Before))
        {
            if (slot.Current is { } replica)
            {
                RollOut(replica);
            }

            slot.Release = Release.This;
        }
    }

    private void EndWhenIdle(Replica replica, TimeSpan deadline)
    {
        if (SlotOf(replica.Process) is not { } slot)
        {
            return;
        }

        if (replica.IsIdle || world.Loop.Now > deadline)
        {
            world.Trace.Write(replica.Process.Name, "ends");
            world.Checks.Drained(replica);
            ExcuseWhatIsInHand(replica);
            Replace(slot);
            return;
        }

        world.Loop.After(DrainPoll, () => EndWhenIdle(replica, deadline));
    }

    private void Replace(Slot slot)
    {
        slot.End();
        var absence = world.Faults.IsOver ? TimeSpan.FromSeconds(1) : LongestAbsence * world.Random.NextDouble();
        world.Loop.After(absence, slot.Start);
    }

    private void ExcuseWhatIsInHand(Replica replica)
    {
        foreach (var id in replica.InHand)
        {
            world.Checks.Excuse(id, replica.Process);
        }
    }

    private void Add(int count, string name, Func<SimulatedProcess, Replica> create) =>
        _slots.AddRange(Enumerable.Range(1, count).Select(number => new Slot(world, $"{name}-{number}", create)));

    private Slot? SlotOf(SimulatedProcess process) => _slots.Find(slot => slot.Current?.Process == process);

    private T? Any<T>(Func<T, bool> suits)
        where T : Replica
    {
        var candidates = _slots.Select(slot => slot.Current).OfType<T>().Where(suits).ToList();
        return candidates.Count == 0 ? null : candidates[world.Random.Next(candidates.Count)];
    }
}
