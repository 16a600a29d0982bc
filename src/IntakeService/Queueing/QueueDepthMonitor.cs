using Microsoft.Extensions.Options;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Telemetry;

namespace Waybill.IntakeService.Queueing;

/// <summary>Keeps the queue's depth in the metrics, tells the status service, whose page shows it, and says in the log when dead letters come in.</summary>
public sealed partial class QueueDepthMonitor(
    QueueDepthReader reader,
    StatusClient status,
    IOptions<QueueOptions> options,
    TimeProvider time,
    ILogger<QueueDepthMonitor> logger) : BackgroundService
{
    private int _deadLetters;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.DepthPollSeconds), time);

        do
        {
            await LookAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        try
        {
            var depth = await reader.ReadAsync(stoppingToken);
            WaybillMetrics.QueueDepthIs(depth.Waiting, depth.InFlight, depth.DeadLetters);

            if (depth.DeadLetters > _deadLetters)
            {
                Log.DeadLetters(logger, depth.DeadLetters, depth.DeadLetters - _deadLetters);
            }

            _deadLetters = depth.DeadLetters;
            await status.ReportAsync(new QueueReport(depth.Waiting, depth.InFlight, depth.DeadLetters, depth.ReadAt), stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // The queue or the status service is down: those who need them say so themselves, and the next look comes.
            Log.Unreadable(logger, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{DeadLetters} messages are in the dead-letter queue, {New} more than before. Workers failed on each of them again and again; their notifications are dispatched anew when due.")]
        public static partial void DeadLetters(ILogger logger, int deadLetters, int @new);

        [LoggerMessage(LogLevel.Debug, "The queue's depth cannot be read or reported: {Message}")]
        public static partial void Unreadable(ILogger logger, string message);
    }
}
