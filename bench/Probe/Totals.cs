using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Waybill.Bench.Probe;

/// <summary>
/// Sums of every counter of the process's own meter, by name and tags: the same live metrics that go to a collector. It counts within the
/// process that is measured, so adding must cost next to nothing.
/// </summary>
internal sealed class Totals
{
    private const string MeterName = "Waybill";
    private const int MostTags = 3;

    private readonly ConcurrentDictionary<Series, Sum> _sums = new();
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
    public IReadOnlyDictionary<string, double> Read() => _sums
        .GroupBy(sum => sum.Value.Name, sum => sum.Value.Value, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Sum(), StringComparer.Ordinal);

    private static bool IsCounter(Instrument instrument) => instrument is Counter<long> or Counter<double>;

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length > MostTags)
        {
            throw new NotSupportedException($"{instrument.Name} has more than {MostTags} tags.");
        }

        var series = new Series(instrument, tags.Length > 0 ? tags[0].Value : null, tags.Length > 1 ? tags[1].Value : null, tags.Length > 2 ? tags[2].Value : null);

        if (!_sums.TryGetValue(series, out var sum))
        {
            sum = _sums.GetOrAdd(series, new Sum(NameOf(instrument, tags.ToArray())));
        }

        sum.Add(value);
    }

    private static string NameOf(Instrument instrument, KeyValuePair<string, object?>[] tags)
    {
        var values = tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => tag.Value);
        return string.Join('|', values.Prepend(instrument.Name));
    }

    /// <summary>An instrument names its tags always in the same order.</summary>
    private readonly record struct Series(Instrument Instrument, object? First, object? Second, object? Third);

    private sealed class Sum(string name)
    {
        private readonly Lock _lock = new();
        private double _value;

        public string Name => name;

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
