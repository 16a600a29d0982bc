using Waybill.Simulation.Checks;
using Waybill.Simulation.Engine;
using Waybill.Simulation.Events;
using Waybill.Simulation.Faults;
using Waybill.Simulation.Mutations;
using Waybill.Simulation.Processes;
using Waybill.Simulation.Queue;
using Waybill.Simulation.Table;

namespace Waybill.Simulation.Runs;

/// <summary>Everything there is in one run.</summary>
internal sealed class World
{
    /// <summary>Clocks are at most two seconds apart.</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(1);

    public World(int seed, TextWriter? trace, Mutation mutation, Theme theme)
    {
        Random = new Random(seed);
        Mutation = mutation;
        Loop = new EventLoop(Random);
        Trace = new Trace(Loop, trace);
        Theme = theme;
        Faults = new FaultPlan(Loop, Random, theme.Faults(Random));
        Scenario = new Scenario(Random, theme);
        Table = new InMemoryTable(() => Loop.Now, Faults.Lag);
        Queue = new InMemoryQueue(() => Loop.Now, Scenario.VisibilityTimeout, Scenario.MaxReceiveCount);
        Pump = new QueuePump(this);
        Releases = new Releases(this);
        Sick = new SickRecords(this);
        Checks = new RunChecks(this);
        Fleet = new Fleet(this);
        Wire = new Wire(Loop, Faults, Trace) { Crash = Fleet.Crash, Crashing = Checks.Crashing };
        Tenant = new SimulatedTenant(this);
        Endpoints = new EndpointChecks(this);
        Callbacks = new CallbackChecks(this);
        Table.Written = (was, became) =>
        {
            Checks.Written(was, became);
            Tenant.Written(was, became);
            Callbacks.Written(was, became);
            Mutation.AfterWrite?.Invoke(this, became);
        };
    }

    /// <summary>The only source of chance.</summary>
    public Random Random { get; }

    public Mutation Mutation { get; }

    public EventLoop Loop { get; }

    public Trace Trace { get; }

    public FaultPlan Faults { get; }

    public Theme Theme { get; }

    public Scenario Scenario { get; }

    public InMemoryTable Table { get; }

    public InMemoryQueue Queue { get; }

    public QueuePump Pump { get; }

    public Releases Releases { get; }

    /// <summary>Whose endpoints get events, where the run has any.</summary>
    public SimulatedTenant Tenant { get; }

    public EndpointChecks Endpoints { get; }

    public CallbackChecks Callbacks { get; }

    /// <summary>Records that answer errors.</summary>
    public SickRecords Sick { get; }

    public RunChecks Checks { get; }

    public Fleet Fleet { get; }

    public Wire Wire { get; }

    public TimeSpan NewSkew() => MostSkew * ((2 * Random.NextDouble()) - 1);
}
