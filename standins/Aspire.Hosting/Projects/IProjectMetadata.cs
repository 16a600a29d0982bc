using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Implemented by the <c>Projects.X</c> classes that the build generates in the AppHost.</summary>
public interface IProjectMetadata : IResourceAnnotation
{
    /// <summary>Full path of the project file.</summary>
    string ProjectPath { get; }

    bool SuppressBuild => false;
}

public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

public class ProjectResourceOptions
{
    /// <summary>Default: the profile the AppHost itself was started with, if the project has it, else its first.</summary>
    public string? LaunchProfileName { get; set; }

    public bool ExcludeLaunchProfile { get; set; }

    /// <summary>Must be true for a project that configures Kestrel endpoints in its appsettings: they are not read here.</summary>
    public bool ExcludeKestrelEndpoints { get; set; }
}
