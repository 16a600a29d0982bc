using System.Collections.Immutable;

namespace Waybill.AppHost.Local;

/// <summary>A line in the dashboard under which others stand. It runs nothing itself, and its state says so.</summary>
internal sealed class ResourceGroup(string name) : Resource(name);

internal static class ResourceGroupExtensions
{
    public static IResourceBuilder<ResourceGroup> AddGroup(this IDistributedApplicationBuilder builder, string name, string icon) =>
        builder.AddResource(new ResourceGroup(name))
            .WithIconName(icon)
            .ExcludeFromManifest()
            .WithInitialState(new CustomResourceSnapshot
            {
                ResourceType = "Group",
                State = new ResourceStateSnapshot("Group", KnownResourceStateStyles.Info),
                Properties = ImmutableArray<ResourcePropertySnapshot>.Empty,
            });
}
