using Microsoft.Extensions.Hosting;

namespace OpenTelemetry;

internal sealed class TelemetryHostedService(ITelemetryHostInitializer initializer) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        initializer.Initialize();
        return Task.CompletedTask;
    }

    /// <summary>The container disposes of the providers, which flushes them after every hosted service has stopped.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
