using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Waybill.Receiving.Repeats;

/// <summary>Remembers in this process, for a time and up to a number.</summary>
internal sealed partial class InMemoryDeduplication(IOptions<WebhookOptions> options, TimeProvider time, ILogger<InMemoryDeduplication> log) : IWebhookDeduplication
{
    private readonly Lock _lock = new();
    private readonly Dictionary<WebhookKey, TaskCompletionSource> _running = [];
    private readonly RememberedKeys _handled = new(options.Value.Remember, options.Value.MaxRemembered);
    private bool _saidThatItIsFull;

    public async Task<WebhookTurn> RunOnceAsync(WebhookKey key, Func<Task<bool>> handle, CancellationToken cancellationToken)
    {
        var deadline = time.GetUtcNow().AddSeconds(options.Value.WaitForFirstSeconds);

        while (true)
        {
            Task first;

            lock (_lock)
            {
                if (_handled.Contains(key, time.GetUtcNow()))
                {
                    return WebhookTurn.Repeated;
                }

                if (!_running.TryGetValue(key, out var running))
                {
                    _running.Add(key, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                    break;
                }

                first = running.Task;
            }

            if (!await EndsAsync(first, deadline - time.GetUtcNow(), cancellationToken))
            {
                return WebhookTurn.Busy;
            }
        }

        await RunAsync(key, handle);
        return WebhookTurn.Run;
    }

    private async Task RunAsync(WebhookKey key, Func<Task<bool>> handle)
    {
        var hasSucceeded = false;

        try
        {
            hasSucceeded = await handle();
        }
        finally
        {
            End(key, hasSucceeded);
        }
    }

    private void End(WebhookKey key, bool hasSucceeded)
    {
        TaskCompletionSource? running;
        var isFull = false;

        lock (_lock)
        {
            _running.Remove(key, out running);

            if (hasSucceeded)
            {
                isFull = !_handled.Add(key, time.GetUtcNow()) && !_saidThatItIsFull;
                _saidThatItIsFull |= isFull;
            }
        }

        // Whoever waits looks again: at a success, or for a turn of its own.
        running!.SetResult();

        if (isFull)
        {
            Log.Full(log, options.Value.MaxRemembered, options.Value.RememberHours);
        }
    }

    private async Task<bool> EndsAsync(Task first, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (patience <= TimeSpan.Zero)
        {
            return first.IsCompleted;
        }

        try
        {
            await first.WaitAsync(patience, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5, Level = LogLevel.Warning,
            Message = "More than {MaxRemembered} webhooks came within {RememberHours} h: the oldest are forgotten before their time, and would be handled again. Raise Webhooks:MaxRemembered")]
        public static partial void Full(ILogger logger, int maxRemembered, int rememberHours);
    }
}
