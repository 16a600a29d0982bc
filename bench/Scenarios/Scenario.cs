using Waybill.Bench.Offering;
using Waybill.Bench.Receiving;
using Waybill.Bench.Systems;

namespace Waybill.Bench.Scenarios;

/// <summary>A load and what the receivers do with it. Numbers are defaults that options of the same name replace.</summary>
internal sealed record Scenario(string Name, string Description)
{
    /// <summary>Notifications that are measured.</summary>
    public int Count { get; init; } = 4000;

    /// <summary>Arrivals per second, evenly spaced; null: all at once.</summary>
    public double? PerSecond { get; init; }

    /// <summary>Size of each JSON payload.</summary>
    public int PayloadBytes { get; init; } = 2048;

    /// <summary>Notifications of the same kind beforehand, all at once, which are not measured: the JIT alone moves CPU figures fourfold.</summary>
    public int WarmUp { get; init; } = 1000;

    /// <summary>Posts under way at a time. What is due and finds no place waits, and its wait counts as latency.</summary>
    public int Connections { get; init; } = 64;

    /// <summary>Loopback addresses on which the receiver listens: as many hosts for the workers.</summary>
    public int Hosts { get; init; } = 8;

    public int Workers { get; init; } = 1;

    /// <summary>Notifications that are stored before anything is started, as for the scenario of questions; on the light backend alone.</summary>
    public int Stored { get; init; }

    public BackendChoice Backend { get; init; } = new();

    /// <summary>Seconds to wait, after the last answer to a post, for notifications that are not final.</summary>
    public int Deadline { get; init; } = 120;

    /// <summary>Seconds between attempts, given with each notification; null for the default schedule.</summary>
    public IReadOnlyList<int>? RetrySchedule { get; init; }

    /// <summary>Where each notification goes.</summary>
    public Func<int, IReadOnlyList<Uri>, Destination> Destination { get; init; } = static (number, hosts) => new Destination(hosts[number % hosts.Count]);

    /// <summary>The status code that the receiver answers; null: 200 at once.</summary>
    public Func<ReceivedCall, ValueTask<int>>? Answer { get; init; }

    /// <summary>Whether each accepted notification's message is sent to the queue once more.</summary>
    public bool CopiesMessages { get; init; }

    /// <summary>Settings of the services besides their defaults, as environment variables.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
