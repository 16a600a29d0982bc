using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What every resource has printed; the newest 10,000 lines of each are kept for those who ask later.</summary>
public class ResourceLoggerService : IDisposable
{
    private readonly ConcurrentDictionary<string, ResourceLog> _logs = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource _disposed = new();

    internal event Action<IResource, LogLine>? Written;

    public ILogger GetLogger(IResource resource) => new ResourceLogger(this, resource);

    /// <summary>What was printed so far, then what follows, until the enumeration is cancelled or the application ends.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource) =>
        WatchAsync(ResourceInstance.ResourceId(resource));

    /// <inheritdoc cref="WatchAsync(IResource)"/>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => Follow(resourceName);

    /// <summary>What was printed so far.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(IResource resource) =>
        GetAllAsync(ResourceInstance.ResourceId(resource));

    /// <inheritdoc cref="GetAllAsync(IResource)"/>
    public async IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield return Log(resourceName).Lines;
    }

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
        GC.SuppressFinalize(this);
    }

    internal void Write(IResource resource, string text, bool isError)
    {
        var line = Log(ResourceInstance.ResourceId(resource)).Add(text, isError);
        Written?.Invoke(resource, line);
    }

    internal IReadOnlyList<LogLine> Tail(IResource resource, int count) =>
        [.. Log(ResourceInstance.ResourceId(resource)).Lines.TakeLast(count)];

    private ResourceLog Log(string resourceId) => _logs.GetOrAdd(resourceId, _ => new ResourceLog());

    private async IAsyncEnumerable<IReadOnlyList<LogLine>> Follow(
        string resourceId,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);

        await foreach (var batch in Log(resourceId).FollowAsync(either.Token).ConfigureAwait(false))
        {
            yield return batch;
        }
    }

    private sealed class ResourceLogger(ResourceLoggerService service, IResource resource) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            service.Write(resource, formatter(state, exception), logLevel >= LogLevel.Error);
    }
}

public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);
