using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Waybill.Client.EntityFrameworkCore.Rows;

namespace Waybill.Client.EntityFrameworkCore.Telemetry;

/// <summary>What the relay counts, with the name of its context.</summary>
internal sealed class OutboxMetrics<TContext>
    where TContext : DbContext
{
    private readonly KeyValuePair<string, object?> _context = new("waybill.outbox.context", typeof(TContext).Name);
    private readonly TimeProvider _time;
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _failed;
    private readonly Histogram<double> _lag;
    private readonly ObservableGauge<int> _waiting;
    private readonly ObservableGauge<double> _oldest;
    private volatile Backlog? _backlog;

    public OutboxMetrics(IMeterFactory meters, TimeProvider time)
    {
        var meter = meters.Create(OutboxTelemetry.Name);

        _time = time;
        _accepted = meter.CreateCounter<long>("waybill.outbox.accepted", "{row}", "Rows that Waybill has taken.");
        _refused = meter.CreateCounter<long>("waybill.outbox.refused", "{row}", "Rows that Waybill has refused for good; they stay in the table.");
        _failed = meter.CreateCounter<long>("waybill.outbox.failures", "{call}", "Calls of which nothing was taken; their rows are tried again.");
        _lag = meter.CreateHistogram<double>("waybill.outbox.lag", "s", "From when a row was added to when Waybill had taken it.");
        _waiting = meter.CreateObservableGauge("waybill.outbox.waiting", () => Observe(backlog => backlog.Count), "{row}", $"Rows that wait, counted to {OutboxRows<TContext>.MaxCounted}.");
        _oldest = meter.CreateObservableGauge("waybill.outbox.oldest", () => Observe(backlog => backlog.OldestAge.TotalSeconds), "s", "Age of the oldest row that waits.");
    }

    /// <summary>Whether anybody looks at it.</summary>
    public bool IsBacklogWanted => _waiting.Enabled || _oldest.Enabled;

    /// <summary>As it was read last.</summary>
    public Backlog? Backlog
    {
        get => _backlog;
        set => _backlog = value;
    }

    public void Accepted(OutboxKind kind, IReadOnlyList<OutboxRow> rows)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        _accepted.Add(rows.Count, _context, Kind(kind));

        foreach (var row in rows)
        {
            _lag.Record(Math.Max(0, (now - row.CreatedAt).TotalSeconds), _context, Kind(kind));
        }
    }

    /// <param name="problem">Its name.</param>
    public void Refused(OutboxKind kind, string problem) => _refused.Add(1, _context, Kind(kind), new("waybill.problem", problem));

    public void Failed(OutboxKind kind) => _failed.Add(1, _context, Kind(kind));

    private static KeyValuePair<string, object?> Kind(OutboxKind kind) => new("waybill.outbox.kind", kind == OutboxKind.Event ? "event" : "notification");

    private IEnumerable<Measurement<T>> Observe<T>(Func<Backlog, T> value)
        where T : struct => _backlog is { } backlog ? [new Measurement<T>(value(backlog), _context)] : [];
}
