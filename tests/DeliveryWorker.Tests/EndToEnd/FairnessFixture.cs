using Waybill.TestSupport;

namespace Waybill.DeliveryWorker.Tests.EndToEnd;

/// <summary>A worker that probes often, and an intake whose Dispatcher brings back what it released, on a queue of their own.</summary>
public sealed class FairnessFixture : IAsyncLifetime
{
    public const string Queue = "fairness";

    private ServiceProcess? _worker;
    private ServiceProcess? _intake;

    /// <summary>What it needs, the other fixture has: the tests start it.</summary>
    public Task InitializeAsync() => Task.CompletedTask;

    public async Task StartAsync(WorkerFixture fixture)
    {
        if (_intake is not null)
        {
            return;
        }

        await fixture.ProvisionAsync(Queue);
        _worker = await fixture.StartWorkerAsync(
            ("Delivery__QueueName", Queue),
            ("Fairness__FirstProbeSeconds", "0.5"),
            ("Fairness__LongestProbeSeconds", "1"));
        _intake = await fixture.StartIntakeAsync(Queue);
    }

    public async Task DisposeAsync()
    {
        foreach (var process in new[] { _intake, _worker })
        {
            if (process is not null)
            {
                await process.DisposeAsync();
            }
        }
    }
}
