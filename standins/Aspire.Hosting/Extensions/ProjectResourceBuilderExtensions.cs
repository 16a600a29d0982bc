using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Projects;

namespace Aspire.Hosting;

public static class ProjectResourceBuilderExtensions
{
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
        => Add<TProject>(builder, name, new ProjectResourceOptions());

    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the resource.</param>
    /// <param name="launchProfileName">Null: no launch profile at all.</param>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder,
        string name,
        string? launchProfileName)
        where TProject : IProjectMetadata, new()
        => Add<TProject>(
            builder,
            name,
            new ProjectResourceOptions { LaunchProfileName = launchProfileName, ExcludeLaunchProfile = launchProfileName is null });

    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder,
        string name,
        Action<ProjectResourceOptions> configure)
        where TProject : IProjectMetadata, new()
    {
        var options = new ProjectResourceOptions();
        configure(options);
        return Add<TProject>(builder, name, options);
    }

    private static IResourceBuilder<ProjectResource> Add<TProject>(
        IDistributedApplicationBuilder builder,
        string name,
        ProjectResourceOptions options)
        where TProject : IProjectMetadata, new()
    {
        var project = new TProject();

        return builder.AddResource(new ProjectResource(name))
            .WithAnnotation(new ResourceInstance())
            .WithAnnotation(project)
            .WithDefaults(project, options);
    }
}
