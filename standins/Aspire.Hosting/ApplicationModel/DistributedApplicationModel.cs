using System.Collections.ObjectModel;

namespace Aspire.Hosting.ApplicationModel;

public interface IResourceCollection : IList<IResource>;

public class DistributedApplicationModel(IResourceCollection resources)
{
    public IResourceCollection Resources => resources;

    internal IResource? Find(string name) =>
        Resources.FirstOrDefault(resource => string.Equals(resource.Name, name, StringComparison.OrdinalIgnoreCase));
}

internal sealed class ResourceCollection : Collection<IResource>, IResourceCollection;
