using Microsoft.Extensions.Options;
using Waybill.DeliveryWorker.Delivery;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;

namespace Waybill.DeliveryWorker.Fairness;

/// <summary>
/// One gate for each host and port. What is known of hosts is this process's own and gone with it; of hosts that nothing went to
/// for an hour, or that are the longest unused of too many, it is forgotten before.
/// </summary>
public sealed class HostGates(IOptions<FairnessOptions> options, IOptions<DeliveryOptions> delivery, Random random, TimeProvider clock)
{
    /// <summary>Besides those that a delivery in hand needs.</summary>
    internal const int MostGates = 5_000;

    /// <summary>Longer than a backlog stays away from a host that is down.</summary>
    internal static readonly TimeSpan ForgottenAfter = TimeSpan.FromHours(1);

    /// <summary>Gates looked at for each that is used, so that they become fewer faster than they can become more.</summary>
    private const int Looks = 2;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<KnownHost>> _gates = new(StringComparer.OrdinalIgnoreCase);
    private readonly LinkedList<KnownHost> _longestUnusedFirst = new();
    private readonly HostLimits _limits = HostLimits.Of(options.Value, delivery.Value.Concurrency);
    private readonly WorkerSlots _slots = new(delivery.Value.Concurrency);
    private readonly HoldLimit _holdLimit = new(TimeSpan.FromMinutes(options.Value.LongestHoldMinutes));

    /// <summary>Hosts that are known.</summary>
    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _gates.Count;
            }
        }
    }

    /// <summary>Waits until a notification may be claimed.</summary>
    /// <param name="host">Where it goes, as its message says; null where that is not known.</param>
    /// <returns>Null when the worker stops before.</returns>
    public async Task<HostTurn?> TakeTurnAsync(string? host, CancellationToken stopping)
    {
        var gate = host is null ? null : GateFor(host);

        if (gate is not null && !await gate.Line.PassAsync(stopping))
        {
            return null;
        }

        var suspect = gate?.IsSuspect ?? false;
        await _slots.TakeClaimAsync(suspect);

        return new HostTurn(_slots, gate?.Line, suspect);
    }

    /// <summary>Waits until a notification that is claimed may be called: shortly, so a stop does not end it.</summary>
    public Task<Admission> EnterAsync(NotificationRecord record) =>
        GateFor(HostKey.Of(record.Url) ?? "").EnterAsync(_holdLimit.IsReached(record, clock.GetUtcNow()));

    private HostGate GateFor(string host)
    {
        lock (_lock)
        {
            if (_gates.TryGetValue(host, out var known))
            {
                _longestUnusedFirst.Remove(known);
                _longestUnusedFirst.AddLast(known);
                known.Value.UsedAt = clock.GetTimestamp();
            }
            else
            {
                known = _longestUnusedFirst.AddLast(new KnownHost(host, new HostGate(_limits, _slots, random, clock), clock.GetTimestamp()));
                _gates.Add(host, known);
            }

            Forget();
            return known.Value.Gate;
        }
    }

    /// <summary>A constant amount of work, however many are known.</summary>
    private void Forget()
    {
        for (var look = 0; look < Looks && _longestUnusedFirst.First is { } oldest; look++)
        {
            if (_gates.Count <= MostGates && clock.GetElapsedTime(oldest.Value.UsedAt) < ForgottenAfter)
            {
                return;
            }

            _longestUnusedFirst.RemoveFirst();

            if (oldest.Value.Gate.IsInUse)
            {
                oldest.Value.UsedAt = clock.GetTimestamp();
                _longestUnusedFirst.AddLast(oldest);
            }
            else
            {
                _gates.Remove(oldest.Value.Host);
                oldest.Value.Gate.Dispose();
            }
        }
    }

    private sealed class KnownHost(string host, HostGate gate, long usedAt)
    {
        public string Host => host;

        public HostGate Gate => gate;

        public long UsedAt { get; set; } = usedAt;
    }
}

internal static class FairnessExtensions
{
    public static void AddFairness(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<FairnessOptions>()
            .BindConfiguration(FairnessOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();

        builder.Services.AddSingleton<HostGates>();
    }
}
