using Microsoft.Extensions.Hosting;

namespace Waybill.Simulation.Processes;

/// <summary>Tells the services of one process that it was asked to stop.</summary>
internal sealed class ApplicationLifetime : IHostApplicationLifetime
{
    private readonly CancellationTokenSource _stopping = new();

    public CancellationToken ApplicationStarted => CancellationToken.None;

    public CancellationToken ApplicationStopping => _stopping.Token;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    public bool IsStopping => _stopping.IsCancellationRequested;

    public void StopApplication() => _stopping.Cancel();
}
