using Waybill.Notifications.StatusApi;
using Waybill.Simulation.Runs;

namespace Waybill.Simulation.Processes;

/// <summary>A running instance of a service.</summary>
internal abstract class Replica(World world, SimulatedProcess process)
{
    public SimulatedProcess Process => process;

    protected World World => world;

    public ApplicationLifetime Lifetime { get; } = new();

    /// <summary>True when nothing would be cut off by its end.</summary>
    public virtual bool IsIdle => true;

    public bool TakesWork => process.IsAlive && !process.IsFrozen && !Lifetime.IsStopping;

    /// <summary>What it is busy with, when it dies or freezes.</summary>
    public virtual IEnumerable<string> InHand => [];

    /// <summary>The production client on the simulated wire; the wire has the timeout, as the client's own runs on real time.</summary>
    protected StatusClient CreateStatusClient() => new(CreateHttpClient());

    protected HttpClient CreateHttpClient() => new(new StatusConnection(world, process))
    {
        BaseAddress = new Uri("http://status"),
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
