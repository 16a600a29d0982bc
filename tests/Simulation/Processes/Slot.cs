using Waybill.Simulation.Runs;

namespace Waybill.Simulation.Processes;

/// <summary>A place for a service instance; when one ends, the next one takes its place.</summary>
internal sealed class Slot(World world, string name, Func<SimulatedProcess, Replica> create)
{
    private int _lives;

    public Replica? Current { get; private set; }

    /// <summary>Of the next process that starts here.</summary>
    public Release Release { get; set; } = world.Releases.Any(name);

    public string Name => name;

    public void Start()
    {
        var process = new SimulatedProcess($"{name}.{++_lives}", world.Loop, world.NewSkew()) { Release = Release };
        Current = create(process);
        world.Trace.Write(process.Name, $"starts, release {Release}, its clock is off by {process.Skew.TotalSeconds:0.00} s");
    }

    public void End()
    {
        Current?.Process.End();
        Current = null;
    }
}
