using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Client.EntityFrameworkCore;

namespace Waybill.Outbox.Tests.Support;

/// <summary>What one application counts of one instrument.</summary>
internal sealed class Counted : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(double Value, Dictionary<string, object?> Tags)> _seen = new();

    public Counted(IServiceProvider services, string instrument)
    {
        var meters = services.GetRequiredService<IMeterFactory>();

        _listener.InstrumentPublished = (published, listener) =>
        {
            if (published.Name == instrument && published.Meter.Name == OutboxTelemetry.Name && published.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(published);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) => _seen.Enqueue((value, Of(tags))));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, _) => _seen.Enqueue((value, Of(tags))));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, _) => _seen.Enqueue((value, Of(tags))));
        _listener.Start();
    }

    public double Sum => _seen.Sum(one => one.Value);

    /// <summary>Reads a gauge.</summary>
    /// <returns>Its value; null where it has none.</returns>
    public double? Read()
    {
        _seen.Clear();
        _listener.RecordObservableInstruments();
        return _seen.IsEmpty ? null : _seen.Last().Value;
    }

    /// <summary>Of the last.</summary>
    public object? Tag(string name) => _seen.Last().Tags.GetValueOrDefault(name);

    public void Dispose() => _listener.Dispose();

    private static Dictionary<string, object?> Of(ReadOnlySpan<KeyValuePair<string, object?>> tags) => new(tags.ToArray());
}
