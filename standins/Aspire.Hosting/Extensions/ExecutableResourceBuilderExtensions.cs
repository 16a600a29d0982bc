using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class ExecutableResourceBuilderExtensions
{
    public static IResourceBuilder<ExecutableResource> AddExecutable(
        this IDistributedApplicationBuilder builder,
        string name,
        string command,
        string workingDirectory,
        params string[]? args) =>
        builder.AddExecutable(name, command, workingDirectory, (object[]?)args);

    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the resource.</param>
    /// <param name="command">A program on PATH, or a path.</param>
    /// <param name="workingDirectory">Relative to the AppHost's project folder.</param>
    /// <param name="args">Text, or values that are known once the application starts, such as an endpoint.</param>
    public static IResourceBuilder<ExecutableResource> AddExecutable(
        this IDistributedApplicationBuilder builder,
        string name,
        string command,
        string workingDirectory,
        params object[]? args) =>
        builder
            .AddResource(new ExecutableResource(name, command, FullPath(builder, workingDirectory)))
            .WithAnnotation(new ResourceInstance())
            .WithArgs(args ?? []);

    private static string FullPath(IDistributedApplicationBuilder builder, string directory) =>
        Path.GetFullPath(directory.Replace('\\', '/'), builder.AppHostDirectory);
}
