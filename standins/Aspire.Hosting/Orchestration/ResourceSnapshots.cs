using System.Collections.Immutable;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>What the dashboard is told of a resource at each turn of its life.</summary>
internal sealed class ResourceSnapshots(DistributedApplicationExecutionContext executionContext, ResourceLoggerService logs)
{
    public CustomResourceSnapshot NotStarted(CustomResourceSnapshot snapshot) => snapshot with
    {
        State = KnownResourceStates.NotStarted,
    };

    public CustomResourceSnapshot FailedToStart(CustomResourceSnapshot snapshot) => snapshot with
    {
        State = new ResourceStateSnapshot(KnownResourceStates.FailedToStart, "error"),
        StopTimeStamp = DateTime.UtcNow,
    };

    public CustomResourceSnapshot Finished(CustomResourceSnapshot snapshot, int exitCode) => snapshot with
    {
        State = KnownResourceStates.Finished,
        ExitCode = exitCode,
        StopTimeStamp = DateTime.UtcNow,
        HealthReports = [],
        Urls = [],
        Properties = snapshot.Properties.Add(new ResourcePropertySnapshot("resource.exitCode", exitCode)),
    };

    public CustomResourceSnapshot Running(
        CustomResourceSnapshot snapshot,
        IResource resource,
        ProcessPlan plan,
        ImmutableArray<UrlSnapshot> urls,
        int processId)
    {
        return snapshot with
        {
            State = KnownResourceStates.Running,
            ExitCode = null,
            StartTimeStamp = DateTime.UtcNow,
            StopTimeStamp = null,
            HealthReports = [.. HealthMonitor.KeysOf(resource).Select(key => new HealthReportSnapshot(key, null, null, null))],
            EnvironmentVariables = [.. plan.Environment.Select(Variable)],
            Properties = [.. Properties(resource, plan, processId)],
            Urls = urls,
        };
    }

    /// <summary>Links of the endpoints, as WithUrlForEndpoint has changed them.</summary>
    public async Task<ImmutableArray<UrlSnapshot>> UrlsAsync(IResource resource, CancellationToken cancellationToken)
    {
        if (resource is not IResourceWithEndpoints owner)
        {
            return [];
        }

        var urls = resource.Annotations
            .OfType<EndpointAnnotation>()
            .Select(endpoint => new EndpointReference(owner, endpoint.Name))
            .Select(endpoint => new ResourceUrlAnnotation { Url = endpoint.Url, Endpoint = endpoint })
            .ToList();

        var context = new ResourceUrlsCallbackContext(executionContext, resource, urls, cancellationToken)
        {
            Logger = logs.GetLogger(resource),
        };

        foreach (var annotation in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        return [.. context.Urls.Select(Snapshot)];
    }

    private static IEnumerable<ResourcePropertySnapshot> Properties(IResource resource, ProcessPlan plan, int processId)
    {
        yield return new ResourcePropertySnapshot("executable.path", plan.FileName);
        yield return new ResourcePropertySnapshot("executable.workDir", plan.WorkingDirectory);
        yield return new ResourcePropertySnapshot("executable.args", string.Join(' ', plan.Arguments));
        yield return new ResourcePropertySnapshot("executable.pid", processId.ToString(CultureInfo.InvariantCulture));

        if (resource.Annotations.OfType<IProjectMetadata>().LastOrDefault() is { } project)
        {
            yield return new ResourcePropertySnapshot("project.path", project.ProjectPath);
        }
    }

    private static EnvironmentVariableSnapshot Variable(KeyValuePair<string, string> variable) =>
        new(variable.Key, variable.Value, IsFromSpec: true);

    private static UrlSnapshot Snapshot(ResourceUrlAnnotation url)
    {
        var isRelative = !url.Url.Contains("://", StringComparison.Ordinal);
        var address = isRelative && url.Endpoint is { } endpoint ? new Uri(new Uri(endpoint.Url), url.Url).ToString() : url.Url;

        return new UrlSnapshot(url.Endpoint?.EndpointName, address, IsInternal: url.DisplayLocation == UrlDisplayLocation.DetailsOnly)
        {
            DisplayProperties = new UrlDisplayPropertiesSnapshot(url.DisplayText ?? ""),
        };
    }
}
