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

    private readonly RecentlyUsed<HostGate> _gates = new(StringComparer.OrdinalIgnoreCase, MostGates, ForgottenAfter, gate => gate.IsInUse, clock);
    private readonly HostLimits _limits = HostLimits.Of(options.Value, delivery.Value.Concurrency);
    private readonly WorkerSlots _slots = new(delivery.Value.Concurrency);
    private readonly HoldLimit _holdLimit = new(TimeSpan.FromMinutes(options.Value.LongestHoldMinutes));

    /// <summary>Hosts that are known.</summary>
    internal int Count => _gates.Count;

    /// <summary>What all deliveries of this process share.</summary>
    internal WorkerSlots Slots => _slots;

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

    private HostGate GateFor(string host) => _gates.GetOrAdd(host, () => new HostGate(_limits, _slots, random, clock));
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
