using Microsoft.Extensions.Options;
using Waybill.IntakeService.Dispatching;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Redeliveries;

namespace Waybill.IntakeService.Redeliveries;

/// <summary>
/// Looks for jobs that run and that nobody works on, for as long as the service runs: new ones, and those whose process has ended.
/// Any number of replicas may run one; a job's lease lets one at a time work on it.
/// </summary>
internal sealed partial class RedeliveryRunner(
    RedeliveryClient jobs,
    JobWork work,
    IOptions<RedeliveryOptions> options,
    TimeProvider time,
    ILogger<RedeliveryRunner> logger) : BackgroundService
{
    /// <summary>Jobs that are read at once, at most, as the status service gives no more.</summary>
    private const int MostAtOnce = 1000;

    private readonly Dictionary<string, Task> _inHand = new(StringComparer.Ordinal);
    private readonly SetAside _setAside = new(time, logger);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => LoopAsync(stoppingToken);

    /// <summary>Runs on the caller's thread, unlike the host's own start, which hops to the thread pool.</summary>
    internal async Task LoopAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.PollSeconds), time);

        try
        {
            do
            {
                await LookAsync(stopping);
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        finally
        {
            await Task.WhenAll(_inHand.Values);
        }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        foreach (var id in _inHand.Where(job => job.Value.IsCompleted).Select(job => job.Key).ToArray())
        {
            _inHand.Remove(id);
        }

        if (_inHand.Count >= options.Value.JobsAtOnce)
        {
            return;
        }

        foreach (var id in (await WaitingAsync(stopping)).Where(id => !_inHand.ContainsKey(id) && !_setAside.Holds(id)).Take(options.Value.JobsAtOnce - _inHand.Count))
        {
            _inHand[id] = RunAsync(id, stopping);
        }
    }

    private async Task<IReadOnlyList<string>> WaitingAsync(CancellationToken stopping)
    {
        try
        {
            return await jobs.WaitingAsync(Math.Min((2 * options.Value.JobsAtOnce) + _setAside.Count, MostAtOnce), stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            // Whatever it was, jobs must not wait for a restart.
            Log.NotFound(logger, exception.Message);
            return [];
        }
    }

    private async Task RunAsync(string id, CancellationToken stopping)
    {
        try
        {
            await work.RunAsync(id, stopping);
            _setAside.Forget(id);
        }
        catch (Exception exception) when (exception is StatusUnavailableException || stopping.IsCancellationRequested)
        {
            Log.Waits(logger, id, exception.Message);
        }
        catch (RecordTroubleException trouble)
        {
            _setAside.Add(id, trouble);
        }
        catch (Exception exception)
        {
            Log.Unforeseen(logger, id, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Bulk redeliveries wait. {Reason}")]
        public static partial void NotFound(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Warning, "{JobId} waits until its lease ends. {Reason}")]
        public static partial void Waits(ILogger logger, string jobId, string reason);

        [LoggerMessage(LogLevel.Error, "Work on {JobId} failed; it is tried again when its lease ends.")]
        public static partial void Unforeseen(ILogger logger, string jobId, Exception exception);
    }
}

public static class RedeliveriesExtensions
{
    /// <summary>Adds bulk redelivery: what its endpoints need, and the <see cref="RedeliveryRunner"/> that does the work.</summary>
    public static void AddRedeliveries(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<RedeliveryOptions>()
            .BindConfiguration(RedeliveryOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();

        builder.Services.AddSingleton<JobWork>();
        builder.Services.AddSingleton<JobEntry>();
        builder.Services.AddHostedService<RedeliveryRunner>();
    }
}
