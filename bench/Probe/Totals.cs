using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Waybill.Bench.Probe;

/// <summary>Sums of every counter of the process's own meter, by name and tags: the same live metrics that go to a collector.</summary>
internal sealed class Totals
{
    private const string MeterName = "Waybill";

    private readonly ConcurrentDictionary<string, Sum> _sums = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    public Totals()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == MeterName && IsCounter(instrument))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };

        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>By <c>name|tag|tag…</c>, the tags' values in the order of their names.</summary>
    public IReadOnlyDictionary<string, double> Read() => _sums.ToDictionary(sum => sum.Key, sum => sum.Value.Value);

    private static bool IsCounter(Instrument instrument) => instrument is Counter<long> or Counter<double>;

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var sorted = tags.ToArray();
        Array.Sort(sorted, (left, right) => string.CompareOrdinal(left.Key, right.Key));

        var key = string.Join('|', sorted.Select(tag => tag.Value).Prepend(instrument.Name));
        _sums.GetOrAdd(key, _ => new Sum()).Add(value);
    }

    private sealed class Sum
    {
        private readonly Lock _lock = new();
        private double _value;

        public double Value
        {
            get
            {
                lock (_lock)
                {
                    return _value;
                }
            }
        }

        public void Add(double value)
        {
            lock (_lock)
            {
                _value += value;
            }
        }
    }
}
