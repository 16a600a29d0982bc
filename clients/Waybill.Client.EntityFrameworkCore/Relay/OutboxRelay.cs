using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waybill.Client.EntityFrameworkCore.Rows;
using Waybill.Client.EntityFrameworkCore.Telemetry;

namespace Waybill.Client.EntityFrameworkCore.Relay;

/// <summary>Hands over to Waybill what the table has, as long as the process runs. It shares nothing with relays of other processes but the table.</summary>
internal sealed partial class OutboxRelay<TContext>(
    IServiceScopeFactory scopes,
    OutboxRows<TContext> rows,
    OutboxBatches<TContext> batches,
    OutboxSignal<TContext> signal,
    OutboxMetrics<TContext> metrics,
    IOptionsMonitor<WaybillOutboxOptions> settings,
    TimeProvider time,
    ILogger<OutboxRelay<TContext>> log) : BackgroundService
    where TContext : DbContext
{
    private static readonly TimeSpan MeasureInterval = TimeSpan.FromSeconds(15);

    /// <exception cref="InvalidOperationException">The model has no such table: said at the start.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        using var scope = scopes.CreateScope();

        if (scope.ServiceProvider.GetRequiredService<TContext>().Model.FindEntityType(typeof(OutboxRow)) is null)
        {
            throw new InvalidOperationException(
                $"The model of {typeof(TContext).Name} has no outbox: call modelBuilder.{nameof(OutboxModel.AddWaybillOutbox)}() in its OnModelCreating.");
        }

        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var options = settings.Get(typeof(TContext).Name);
        var senders = Enumerable.Range(0, options.Senders).Select(_ => SendAsync(options, stoppingToken));

        return Task.WhenAll([.. senders, MeasureAsync(stoppingToken)]);
    }

    private async Task SendAsync(WaybillOutboxOptions options, CancellationToken stop)
    {
        var pace = new Pace(options);

        while (!stop.IsCancellationRequested)
        {
            try
            {
                await StepAsync(options, pace, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The database's trouble passes, or is the application's to mend: what is in the table waits there.
                var pause = pace.Failed(retryAfter: null, mayBeOfRows: false);
                Log.TableFailed(log, exception, pause.TotalSeconds);
                await PauseAsync(pause, stop);
            }
        }
    }

    private async Task StepAsync(WaybillOutboxOptions options, Pace pace, CancellationToken stop)
    {
        var taken = await rows.TakeAsync(pace.BatchSize, stop);

        if (taken.MayBeMore)
        {
            // Another sender of this process, if there is one that waits.
            signal.Set();
        }

        if (taken.Rows.Count == 0)
        {
            await signal.WaitAsync(options.PollInterval, stop);
        }
        else if (await batches.SendAsync(taken, stop) is { } failed)
        {
            var pause = pace.Failed(failed.RetryAfter, failed.MayBeOfRows);
            Log.NothingTaken(log, failed.Reason, pause.TotalSeconds);
            await PauseAsync(pause, stop);
        }
        else
        {
            pace.Succeeded();
        }
    }

    private async Task MeasureAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(MeasureInterval, time);

        try
        {
            do
            {
                await MeasureOnceAsync(stop);
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // That is its end.
        }
    }

    private async Task MeasureOnceAsync(CancellationToken stop)
    {
        if (!metrics.IsBacklogWanted)
        {
            return;
        }

        try
        {
            metrics.Backlog = await rows.BacklogAsync(stop);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            Log.NotMeasured(log, exception);
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken stop)
    {
        try
        {
            await Task.Delay(pause, time, stop);
        }
        catch (OperationCanceledException)
        {
            // The loop sees it.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Nothing of the outbox is taken: {Reason}. It is tried again in {Seconds:0.0} s")]
        public static partial void NothingTaken(ILogger logger, string reason, double seconds);

        [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "The outbox's table cannot be used. It is tried again in {Seconds:0.0} s")]
        public static partial void TableFailed(ILogger logger, Exception exception, double seconds);

        [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "The outbox's backlog could not be measured")]
        public static partial void NotMeasured(ILogger logger, Exception exception);
    }
}
