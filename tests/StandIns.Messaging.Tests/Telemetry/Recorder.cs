using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;

namespace Waybill.StandIns.Messaging.Tests.Telemetry;

/// <summary>Exporters that write down what they get and which service it says it is from.</summary>
internal sealed class Recorder
{
    private readonly ConcurrentBag<string> _entries = [];

    public IReadOnlyCollection<string> Entries => _entries;

    public BaseExporter<Activity> Spans => new Exporter<Activity>(_entries, activity => $"span {activity.DisplayName}");

    public BaseExporter<Metric> Metrics => new Exporter<Metric>(_entries, metric => $"metric {metric.Name}");

    public BaseExporter<LogRecord> Logs => new Exporter<LogRecord>(_entries, record => $"log {record.Body}");

    private sealed class Exporter<T>(ConcurrentBag<string> entries, Func<T, string> describe) : BaseExporter<T>
        where T : class
    {
        public override ExportResult Export(in Batch<T> batch)
        {
            foreach (var item in batch)
            {
                entries.Add($"{describe(item)} of {ServiceName()}");
            }

            return ExportResult.Success;
        }

        private object ServiceName()
            => ParentProvider.GetResource().Attributes.Single(attribute => attribute.Key == "service.name").Value;
    }
}
