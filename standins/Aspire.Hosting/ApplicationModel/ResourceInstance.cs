using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// Tells this run of a resource from any other: the dashboard joins telemetry to a resource by name and instance id.
/// </summary>
internal sealed class ResourceInstance : IResourceAnnotation
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    public string Id { get; } = RandomNumberGenerator.GetString(Letters, 8);

    /// <summary>Resources with a process have an instance id in their resource id; a parameter has its name alone.</summary>
    public static string ResourceId(IResource resource) =>
        resource.Annotations.OfType<ResourceInstance>().FirstOrDefault() is { } instance ? $"{resource.Name}-{instance.Id}" : resource.Name;
}
