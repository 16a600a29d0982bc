using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Waybill.DeliveryWorker.Delivery;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;

namespace Waybill.DeliveryWorker.Fairness;

/// <summary>One gate for each host and port. What is known of hosts is this process's own and gone with it.</summary>
public sealed class HostGates(IOptions<FairnessOptions> options, IOptions<DeliveryOptions> delivery, Random random, TimeProvider clock)
{
    private const int MostGates = 5_000;
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, HostGate> _gates = new(StringComparer.OrdinalIgnoreCase);
    private readonly HostLimits _limits = HostLimits.Of(options.Value, delivery.Value.Concurrency);
    private readonly WorkerSlots _slots = new(delivery.Value.Concurrency);
    private readonly Patience _patience = new(TimeSpan.FromMinutes(options.Value.PatienceMinutes));

    public Task<Admission> EnterAsync(NotificationRecord record, CancellationToken stopping) =>
        GateFor(record.Url).EnterAsync(_patience.IsOver(record, clock.GetUtcNow()), stopping);

    private HostGate GateFor(string url)
    {
        var host = TargetUrl.TryCreate(url, out var parsed) ? $"{parsed.IdnHost}:{parsed.Port}" : "";

        if (_gates.TryGetValue(host, out var known))
        {
            return known;
        }

        if (_gates.Count >= MostGates)
        {
            Forget();
        }

        return _gates.GetOrAdd(host, _ => new HostGate(_limits, _slots, random, clock));
    }

    private void Forget()
    {
        foreach (var (host, gate) in _gates)
        {
            if (gate.IsForgettable(ForgottenAfter) && _gates.TryRemove(host, out _))
            {
                gate.Dispose();
            }
        }
    }
}
