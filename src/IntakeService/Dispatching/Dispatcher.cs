using Microsoft.Extensions.Options;

namespace Waybill.IntakeService.Dispatching;

/// <summary>
/// Finds what nobody else is taking care of, for as long as the service runs: sends that failed, messages that got lost, workers
/// that died, retries and scheduled notifications whose time has come. Any number of replicas may run one.
/// </summary>
public sealed partial class Dispatcher(DispatchPass pass, IOptions<DispatcherOptions> options, TimeProvider time, Random random, ILogger<Dispatcher> logger)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => LoopAsync(stoppingToken);

    /// <summary>Runs on the caller's thread, unlike the host's own start, which hops to the thread pool.</summary>
    internal async Task LoopAsync(CancellationToken stopping)
    {
        var wait = TimeSpan.Zero;

        while (!stopping.IsCancellationRequested)
        {
            wait = PollInterval.Next(await RunAsync(stopping), wait, options.Value);
            await Task.Delay(PollInterval.WithJitter(wait, random.NextDouble()), time, stopping);
        }
    }

    private async Task<PassOutcome> RunAsync(CancellationToken stopping)
    {
        try
        {
            return await pass.RunOnceAsync(stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            // Whatever it was, due notifications must not wait for a restart.
            Log.Unforeseen(logger, exception);
            return PassOutcome.Failed;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A look for due notifications failed.")]
        public static partial void Unforeseen(ILogger logger, Exception exception);
    }
}

public static class DispatchingExtensions
{
    /// <summary>Adds the <see cref="Dispatcher"/>. It stops before the bus does, as hosted services stop in reverse order.</summary>
    public static void AddDispatching(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<DispatcherOptions>()
            .BindConfiguration(DispatcherOptions.SectionName)
            .ValidateDataAnnotations()
            .Validate(options => options.BusyPollSeconds <= options.IdlePollSeconds, "Dispatcher:BusyPollSeconds must not be greater than Dispatcher:IdlePollSeconds.")
            .ValidateOnStart();

        builder.Services.AddSingleton<Redispatcher>();
        builder.Services.AddSingleton<DispatchPass>();
        builder.Services.AddHostedService<Dispatcher>();
    }
}
