using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Who waits for whom.</summary>
internal static class WaitOrder
{
    public static IEnumerable<IResource> DependenciesOf(IResource resource) =>
        resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource).Distinct();

    public static IEnumerable<IResource> DependentsOf(IResource resource, DistributedApplicationModel model) =>
        model.Resources.Where(other => DependenciesOf(other).Contains(resource));

    /// <summary>Resources that wait for each other would never start, and at shutdown never end.</summary>
    public static void RefuseCycles(DistributedApplicationModel model)
    {
        var harmless = new HashSet<IResource>();

        foreach (var resource in model.Resources)
        {
            Visit(resource, [], harmless);
        }
    }

    private static void Visit(IResource resource, List<IResource> path, HashSet<IResource> harmless)
    {
        if (path.IndexOf(resource) is >= 0 and var start)
        {
            var names = path.Skip(start).Append(resource).Select(waiting => $"'{waiting.Name}'");
            throw new DistributedApplicationException(
                $"Resources wait for each other and would never start: {string.Join(" waits for ", names)}.");
        }

        if (harmless.Contains(resource))
        {
            return;
        }

        path.Add(resource);

        foreach (var dependency in DependenciesOf(resource))
        {
            Visit(dependency, path, harmless);
        }

        path.Remove(resource);
        harmless.Add(resource);
    }
}
