using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Orchestration;

/// <summary>The runners of all resources that have a process.</summary>
internal sealed class ResourceRunners(DistributedApplicationModel model, IServiceProvider services)
{
    private readonly Lazy<IReadOnlyDictionary<IResource, ResourceRunner>> _runners = new(() => model.Resources
        .Where(resource => resource is ProjectResource or ExecutableResource)
        .ToDictionary(resource => resource, resource => ActivatorUtilities.CreateInstance<ResourceRunner>(services, resource)));

    private bool _started;

    /// <summary>Makes all of them known before the first is started.</summary>
    public async Task AnnounceAsync()
    {
        foreach (var runner in _runners.Value.Values)
        {
            await runner.AnnounceAsync().ConfigureAwait(false);
        }
    }

    public void Start()
    {
        _started = true;

        foreach (var (resource, runner) in _runners.Value)
        {
            if (!resource.Annotations.OfType<ExplicitStartupAnnotation>().Any())
            {
                runner.Start();
            }
        }
    }

    /// <summary>Whoever waited for a resource ends before it, so that it can still reach it while it winds up.</summary>
    public Task StopAsync()
    {
        if (!_started)
        {
            return Task.CompletedTask;
        }

        var stops = new Dictionary<IResource, Task>();
        return Task.WhenAll(_runners.Value.Keys.Select(resource => StopAsync(resource, stops)));
    }

    /// <param name="resourceId">As in <see cref="ResourceEvent.ResourceId"/>.</param>
    /// <param name="command">start, stop or restart.</param>
    /// <returns>False for an unknown resource or command.</returns>
    public async Task<bool> ExecuteAsync(string resourceId, string command)
    {
        var (resource, runner) = _runners.Value.FirstOrDefault(pair => ResourceInstance.ResourceId(pair.Key) == resourceId);

        if (resource is null || command is not ("start" or "stop" or "restart"))
        {
            return false;
        }

        if (command is "stop" or "restart")
        {
            await runner.StopAsync().ConfigureAwait(false);
        }

        if (command is "start" or "restart")
        {
            runner.Start();
        }

        return true;
    }

    private Task StopAsync(IResource resource, Dictionary<IResource, Task> stops)
    {
        if (!_runners.Value.TryGetValue(resource, out var runner))
        {
            return Task.CompletedTask;
        }

        if (!stops.TryGetValue(resource, out var stop))
        {
            var dependents = WaitOrder.DependentsOf(resource, model).Select(dependent => StopAsync(dependent, stops)).ToList();
            stop = StopAfterAsync(dependents, runner);
            stops[resource] = stop;
        }

        return stop;
    }

    private static async Task StopAfterAsync(List<Task> dependents, ResourceRunner runner)
    {
        await Task.WhenAll(dependents).ConfigureAwait(false);
        await runner.StopAsync().ConfigureAwait(false);
    }
}
