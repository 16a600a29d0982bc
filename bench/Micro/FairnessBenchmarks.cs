using System.Globalization;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Options;
using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Fairness;

namespace Waybill.Micro;

/// <summary>What a notification's first call to a host costs in the worker, however many hosts it has met.</summary>
public class FairnessBenchmarks
{
    private HostGates _gates = null!;
    private int _next;

    /// <summary>Hosts met before.</summary>
    [Params(0, 12_000)]
    public int Met { get; set; }

    [GlobalSetup]
    public async Task MeetAsync()
    {
        _gates = new HostGates(Options.Create(new FairnessOptions()), Options.Create(new DeliveryOptions()), new Random(1), TimeProvider.System);

        for (var host = 0; host < Met; host++)
        {
            await NewHost();
        }
    }

    [Benchmark]
    public async Task NewHost()
    {
        var host = string.Create(CultureInfo.InvariantCulture, $"host-{_next++}.example:443");
        using var turn = await _gates.TakeTurnAsync(host, CancellationToken.None);
    }

    [Benchmark]
    public async Task KnownHost()
    {
        using var turn = await _gates.TakeTurnAsync("receiver.example:443", CancellationToken.None);
    }
}
