using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Starts and stops the whole application.</summary>
internal sealed partial class Orchestrator(
    DistributedApplicationModel model,
    PortAllocator ports,
    DashboardHost dashboard,
    OutputForwarder output,
    ResourceRunners runners,
    ProcessGuard guard,
    ResourceNotificationService notifications,
    AppHostMetadata metadata,
    ILogger<DistributedApplication> logger) : IHostedService
{
    private bool _stopped;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Log.Starting(logger, metadata.ProjectDirectory ?? Directory.GetCurrentDirectory());

        WaitOrder.RefuseCycles(model);
        ports.Allocate(model, dashboard.FixedPorts());
        output.Start();

        foreach (var parameter in model.Resources.OfType<ParameterResource>())
        {
            await PublishAsync(parameter).ConfigureAwait(false);
        }

        await runners.AnnounceAsync().ConfigureAwait(false);
        runners.Start();

        try
        {
            await dashboard.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // The host stops nothing that has not started as a whole.
            await StopAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        Log.Started(logger);
    }

    /// <summary>A test may stop the application and then dispose it: the second time nothing is left to do.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _stopped, true))
        {
            return;
        }

        await runners.StopAsync().ConfigureAwait(false);
        await dashboard.StopAsync().ConfigureAwait(false);
        await guard.StopAsync().ConfigureAwait(false);
        ports.Dispose();
    }

    private async Task PublishAsync(ParameterResource parameter)
    {
        try
        {
            var value = await parameter.GetValueAsync(CancellationToken.None).ConfigureAwait(false);

            await notifications.PublishUpdateAsync(parameter, snapshot => snapshot with
            {
                State = KnownResourceStates.Running,
                Properties = [new ResourcePropertySnapshot("Value", value) { IsSensitive = parameter.Secret }],
            }).ConfigureAwait(false);
        }
        catch (MissingParameterValueException exception)
        {
            Log.ValueMissing(logger, exception.Message);

            await notifications.PublishUpdateAsync(parameter, snapshot => snapshot with
            {
                State = new ResourceStateSnapshot(KnownResourceStates.ValueMissing, "error"),
            }).ConfigureAwait(false);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Distributed application starting. Application host directory is: {Directory}")]
        public static partial void Starting(ILogger logger, string directory);

        [LoggerMessage(2, LogLevel.Information, "Distributed application started. Press Ctrl+C to shut down.")]
        public static partial void Started(ILogger logger);

        [LoggerMessage(3, LogLevel.Error, "{Problem}")]
        public static partial void ValueMissing(ILogger logger, string problem);
    }
}
