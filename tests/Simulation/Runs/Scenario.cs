using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Fairness;
using Waybill.IntakeService.Dispatching;
using Waybill.StatusService.Endpoints;

namespace Waybill.Simulation.Runs;

/// <summary>What a run is about besides its faults: how many notifications, instances and which settings.</summary>
internal sealed class Scenario(Random random, Theme theme)
{
    public const string Owner = "alice";

    public int Notifications { get; } = random.Next(1, theme.MostNotifications + 1);

    public int StatusReplicas { get; } = random.Next(1, 3);

    public int Intakes { get; } = random.Next(3) == 0 ? 2 : 1;

    public int Workers { get; } = random.Next(1, 4);

    /// <summary>All of them go to one host, where they wait for each other; else each has a host of its own.</summary>
    public bool IsOneHost { get; } = random.Next(2) == 0;

    public TimeSpan StartWithin { get; } = TimeSpan.FromSeconds(random.Next(2) == 0 ? 0.2 : 3);

    /// <summary>So narrow that a few notifications fill a host.</summary>
    public FairnessOptions Fairness { get; } = new() { InitialPerHost = random.Next(1, 3), MaxPerHost = random.Next(2, 5) };

    public DeliveryOptions Delivery { get; } = new() { Concurrency = random.Next(2) == 0 ? 4 : 16 };

    /// <summary>When faults end at the latest: with events, after Dispatchers have come to what was left of a fan-out, half a minute later.</summary>
    public TimeSpan FaultsUntil { get; } = theme.IsLong ? TimeSpan.FromDays(5 * 365) : theme.Silent ? TimeSpan.FromSeconds(random.Next(60, 180)) : TimeSpan.FromSeconds(random.Next(5, 20) * (theme.Events ? 3 : 1));

    /// <summary>When an endpoint counts as one that does not come back by itself: with times that fit into a run.</summary>
    public EndpointOptions Endpoints { get; } = !theme.Silent ? new() : new()
    {
        DisableAfterSeconds = random.Next(20, 60),
        DisableAfterAttempts = random.Next(2, 6),
        ProbeSeconds = random.Next(15, 40),
    };

    /// <summary>Longer than the longest lease here, as in production.</summary>
    public TimeSpan VisibilityTimeout { get; } = TimeSpan.FromSeconds(random.Next(10, 20));

    public int MaxReceiveCount { get; } = random.Next(2, 6);

    public DispatcherOptions Dispatcher { get; } = new()
    {
        PageSize = random.Next(3) == 0 ? 1 : 100,
        Concurrency = random.Next(1, 5),
        IdlePollSeconds = theme.IsLong ? 60 : new DispatcherOptions().IdlePollSeconds,
    };
}
