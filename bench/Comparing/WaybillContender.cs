using System.Diagnostics;
using Waybill.Bench.Measuring;
using Waybill.Bench.Systems;

namespace Waybill.Bench.Comparing;

/// <summary>Waybill with one worker, as it is deployed.</summary>
internal sealed class WaybillContender : IContender
{
    private readonly WaybillUnderTest _waybill;

    private WaybillContender(WaybillUnderTest waybill, double startSeconds)
    {
        _waybill = waybill;
        StartSeconds = startSeconds;
    }

    public Uri Intake => _waybill.Intake.Url;

    public double StartSeconds { get; }

    public IReadOnlyList<ProcessUse> Own => [.. _waybill.Services.Select(service => service.Use)];

    public IReadOnlyList<ProcessUse> Backends => [.. _waybill.Backends.Processes.Select(process => ProcessUse.Read(process.Key, process.Value))];

    public static async Task<IContender> StartAsync(BackendChoice backend, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var backends = await Systems.Backends.StartAsync(backend, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        var waybill = await WaybillUnderTest.StartAsync(backends, workers: 1, settings);

        return new WaybillContender(waybill, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    public async Task<double> FinishedAsync(CancellationToken cancellationToken) =>
        new Totals(await _waybill.Status.ReadTotalsAsync(cancellationToken)).Finished;

    public ValueTask DisposeAsync() => _waybill.DisposeAsync();
}
