using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Waybill.DeliveryWorker.Delivery;
using Waybill.Notifications.Records;

namespace Waybill.DeliveryWorker.Fairness;

/// <summary>One gate for each host and port. What is known of hosts is this process's own and gone with it.</summary>
public sealed class HostGates(IOptions<FairnessOptions> options, IOptions<DeliveryOptions> delivery, Random random, TimeProvider clock)
{
    /// <summary>
    /// A notification that waited so long since its last call is not held up by pauses: it has a right to its attempts,
    /// and to an end.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private const int MostGates = 5_000;
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, HostGate> _gates = new(StringComparer.OrdinalIgnoreCase);
    private readonly HostLimits _limits = HostLimits.Of(options.Value, delivery.Value.Concurrency);
    private readonly SuspectSlots _suspects = new(delivery.Value.Concurrency);

    public Task<Admission> EnterAsync(NotificationRecord record, CancellationToken stopping)
    {
        var since = record.DeliveryResult?.Timestamp ?? record.DeliverAt ?? record.CreatedAt;
        var overdue = clock.GetUtcNow() - since >= Patience;

        return GateFor(record.Url).EnterAsync(overdue, stopping);
    }

    private HostGate GateFor(string url)
    {
        var host = Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? $"{parsed.IdnHost}:{parsed.Port}" : "";

        if (_gates.Count >= MostGates && !_gates.ContainsKey(host))
        {
            Forget();
        }

        return _gates.GetOrAdd(host, _ => new HostGate(_limits, _suspects, random, clock));
    }

    private void Forget()
    {
        foreach (var (host, gate) in _gates)
        {
            if (gate.IsForgettable(ForgottenAfter))
            {
                _gates.TryRemove(host, out _);
            }
        }
    }
}
