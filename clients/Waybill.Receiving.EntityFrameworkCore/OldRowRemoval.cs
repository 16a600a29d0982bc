using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Waybill.Receiving.EntityFrameworkCore;

/// <summary>Removes rows that no attempt can ask for any more, every hour, a bounded number in each statement. Of several processes each may do so.</summary>
internal sealed partial class OldRowRemoval<TContext>(
    IServiceScopeFactory scopes,
    IOptionsMonitor<WebhookOptions> options,
    TimeProvider time,
    ILogger<OldRowRemoval<TContext>> log) : BackgroundService
    where TContext : DbContext
{
    private const int RowsAtOnce = 1000;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <exception cref="InvalidOperationException">The model has no such table: said at the start, and not at the first webhook.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        using var scope = scopes.CreateScope();

        if (scope.ServiceProvider.GetRequiredService<TContext>().Model.FindEntityType(typeof(ReceivedWebhook)) is null)
        {
            throw new InvalidOperationException(
                $"The model of {typeof(TContext).Name} has no table for webhooks: call modelBuilder.{nameof(ReceivedWebhookModel.AddReceivedWebhooks)}() in its OnModelCreating.");
        }

        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);

        do
        {
            try
            {
                await RemoveAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // The next hour brings the next try. Rows that stay a while do no harm.
                Log.NotRemoved(log, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RemoveAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = scope.ServiceProvider.GetRequiredService<TContext>().Set<ReceivedWebhook>();
        var oldest = (time.GetUtcNow() - options.CurrentValue.Remember).UtcDateTime;
        int removed;

        do
        {
            removed = await rows.Where(row => row.ReceivedAt < oldest).OrderBy(row => row.ReceivedAt).Take(RowsAtOnce).ExecuteDeleteAsync(cancellationToken);
        }
        while (removed == RowsAtOnce);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Old rows of webhooks could not be removed; the next try is in an hour")]
        public static partial void NotRemoved(ILogger logger, Exception exception);
    }
}
