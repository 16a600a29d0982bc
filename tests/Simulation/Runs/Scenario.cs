using Waybill.IntakeService.Dispatching;

namespace Waybill.Simulation.Runs;

/// <summary>What a run is about besides its faults: how many notifications, instances and which settings.</summary>
internal sealed class Scenario(Random random)
{
    public const string Owner = "alice";

    public int Notifications { get; } = random.Next(1, 5);

    public int StatusReplicas { get; } = random.Next(1, 3);

    public int Intakes { get; } = random.Next(3) == 0 ? 2 : 1;

    public int Workers { get; } = random.Next(1, 4);

    /// <summary>When faults end.</summary>
    public TimeSpan FaultsUntil { get; } = TimeSpan.FromSeconds(random.Next(5, 20));

    /// <summary>Longer than the longest lease here, as in production.</summary>
    public TimeSpan VisibilityTimeout { get; } = TimeSpan.FromSeconds(random.Next(10, 20));

    public int MaxReceiveCount { get; } = random.Next(2, 6);

    public DispatcherOptions Dispatcher { get; } = new()
    {
        PageSize = random.Next(3) == 0 ? 1 : 100,
        Concurrency = random.Next(1, 5),
    };
}
