using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Store.Recent;

/// <summary>Looks for hours of older releases: those before without a pause, and then each minute.</summary>
internal sealed partial class OlderHoursWatch(OlderHours hours, TimeProvider time, ILogger<OlderHoursWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                if (!await LookAsync(stoppingToken))
                {
                    await Task.Delay(Every, time, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service ends.
        }
    }

    /// <returns>Whether there are more to look at at once.</returns>
    private async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await hours.LookAsync(cancellationToken);
        }
        catch (TableUnavailableException exception)
        {
            Log.Waits(logger, exception.Message);
            return false;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it was, nothing else of the service is to end with it.
            Log.Unforeseen(logger, exception);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "Hours of older releases are not looked for, for now. {Reason}")]
        public static partial void Waits(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Error, "A look for hours of older releases failed.")]
        public static partial void Unforeseen(ILogger logger, Exception exception);
    }
}
