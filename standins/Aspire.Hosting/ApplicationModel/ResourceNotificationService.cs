using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The state of every resource, and those who wait for it to change.</summary>
public class ResourceNotificationService : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ResourceEvent> _latest = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Channel<ResourceEvent>> _watchers = [];
    private readonly CancellationTokenSource _disposed = new();
    private readonly DistributedApplicationModel _model;
    private readonly WaitBehavior _defaultWaitBehavior;
    private readonly CancellationToken _stopping;

    internal ResourceNotificationService(
        DistributedApplicationModel model,
        DistributedApplicationOptions options,
        IHostApplicationLifetime lifetime)
    {
        _model = model;
        _defaultWaitBehavior = options.DisableDashboard ? WaitBehavior.StopOnResourceUnavailable : WaitBehavior.WaitOnResourceUnavailable;
        _stopping = lifetime.ApplicationStopping;
    }

    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        var id = ResourceInstance.ResourceId(resource);

        lock (_lock)
        {
            var known = _latest.TryGetValue(id, out var before);
            var next = stateFactory(known ? before!.Snapshot : Blank(resource));

            if (known && next == before!.Snapshot)
            {
                return Task.CompletedTask;
            }

            var update = new ResourceEvent(resource, id, next);
            _latest[id] = update;
            _watchers.ForEach(watcher => watcher.Writer.TryWrite(update));
        }

        return Task.CompletedTask;
    }

    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        lock (_lock)
        {
            return _latest.TryGetValue(resourceId, out resourceEvent);
        }
    }

    /// <summary>First what is known of every resource, then each change.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        var channel = Channel.CreateUnbounded<ResourceEvent>();

        lock (_lock)
        {
            _latest.Values.ToList().ForEach(known => channel.Writer.TryWrite(known));
            _watchers.Add(channel);
        }

        try
        {
            await foreach (var update in channel.Reader.ReadAllAsync(either.Token).ConfigureAwait(false))
            {
                yield return update;
            }
        }
        finally
        {
            lock (_lock)
            {
                _watchers.Remove(channel);
            }
        }
    }

    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    public async Task<string> WaitForResourceAsync(
        string resourceName,
        IEnumerable<string> targetStates,
        CancellationToken cancellationToken = default)
    {
        var states = targetStates.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var reached = await WaitForResourceAsync(
            resourceName,
            update => update.Snapshot.State is { } state && states.Contains(state.Text),
            cancellationToken).ConfigureAwait(false);

        return reached.Snapshot.State!.Text;
    }

    /// <exception cref="OperationCanceledException">Cancelled, or the application is stopping.</exception>
    public async Task<ResourceEvent> WaitForResourceAsync(
        string resourceName,
        Func<ResourceEvent, bool> predicate,
        CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping);

        await foreach (var update in WatchAsync(either.Token).ConfigureAwait(false))
        {
            if (string.Equals(update.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase) && predicate(update))
            {
                return update;
            }
        }

        throw new OperationCanceledException($"The wait for resource '{resourceName}' ended before it got there.");
    }

    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, _defaultWaitBehavior, cancellationToken);

    /// <exception cref="DistributedApplicationException">There is no such resource, or it ended and is waited for no longer.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(
        string resourceName,
        WaitBehavior waitBehavior,
        CancellationToken cancellationToken = default)
    {
        var stops = waitBehavior == WaitBehavior.StopOnResourceUnavailable;

        if (stops && _model.Find(resourceName) is null)
        {
            throw new DistributedApplicationException($"There is no resource '{resourceName}' in the application model.");
        }

        var update = await WaitForResourceAsync(
            resourceName,
            update => update.Snapshot.HealthStatus == HealthStatus.Healthy || (stops && update.HasEnded()),
            cancellationToken).ConfigureAwait(false);

        return update.Snapshot.HealthStatus == HealthStatus.Healthy
            ? update
            : throw new DistributedApplicationException($"Resource '{resourceName}' did not become healthy: {update.Describe()}.");
    }

    /// <exception cref="DistributedApplicationException">One of them failed, so that waiting on is of no use.</exception>
    public Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken) =>
        Task.WhenAll(resource.Annotations.OfType<WaitAnnotation>().Select(wait => WaitAsync(resource, wait, cancellationToken)));

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
        GC.SuppressFinalize(this);
    }

    private static CustomResourceSnapshot Blank(IResource resource) => new()
    {
        ResourceType = resource.GetType().Name.Replace("Resource", "", StringComparison.Ordinal),
        Properties = [],
        CreationTimeStamp = DateTime.UtcNow,
    };

    private async Task WaitAsync(IResource resource, WaitAnnotation wait, CancellationToken cancellationToken)
    {
        var stops = (wait.WaitBehavior ?? _defaultWaitBehavior) == WaitBehavior.StopOnResourceUnavailable;

        var update = await WaitForResourceAsync(
            wait.Resource.Name,
            update => update.Fulfils(wait) || update.MakesHopeless(wait, stops),
            cancellationToken).ConfigureAwait(false);

        if (!update.Fulfils(wait))
        {
            throw new DistributedApplicationException(
                $"Resource '{resource.Name}' stopped waiting for '{wait.Resource.Name}': {update.Describe()}.");
        }
    }
}
