using Waybill.Simulation.Runs;

namespace Waybill.Simulation.Processes;

/// <summary>A place for a service instance; when one ends, the next one takes its place.</summary>
internal sealed class Slot(World world, string name, Func<SimulatedProcess, Replica> create)
{
    private int _lives;

    public Replica? Current { get; private set; }

    public void Start()
    {
        var process = new SimulatedProcess($"{name}.{++_lives}", world.Loop, world.NewSkew());
        Current = create(process);
        world.Trace.Write(process.Name, $"starts, its clock is off by {process.Skew.TotalSeconds:0.00} s");
    }

    public void End()
    {
        Current?.Process.End();
        Current = null;
    }
}
