using System.Diagnostics;
using Waybill.Bench.Systems;

namespace Waybill.Bench.Measuring;

/// <summary>All counts and all use at one moment.</summary>
internal sealed record Snapshot(
    long TakenAt,
    IReadOnlyList<ProcessUse> Services,
    IReadOnlyList<ProcessUse> Others,
    IReadOnlyList<Totals> Totals)
{
    public static async Task<Snapshot> TakeAsync(WaybillUnderTest waybill, CancellationToken cancellationToken)
    {
        var totals = new List<Totals>();

        foreach (var service in waybill.Services)
        {
            totals.Add(new Totals(await service.ReadTotalsAsync(cancellationToken)));
        }

        var others = waybill.Backends.Processes
            .Select(process => ProcessUse.Read(process.Key, process.Value))
            .Append(ProcessUse.Read("load and receiver", Environment.ProcessId));

        return new Snapshot(
            Stopwatch.GetTimestamp(),
            [.. waybill.Services.Select(service => service.Use)],
            [.. others],
            totals);
    }

    public Snapshot Since(Snapshot earlier) => new(
        TakenAt - earlier.TakenAt,
        [.. Services.Zip(earlier.Services, (now, then) => now.Since(then))],
        [.. Others.Zip(earlier.Others, (now, then) => now.Since(then))],
        [.. Totals.Zip(earlier.Totals, (now, then) => now.Since(then))]);
}
