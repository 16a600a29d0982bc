using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;

namespace Aspire.Hosting.Orchestration;

/// <summary>Turns a resource with its annotations into a process to start.</summary>
internal sealed class ProcessPlanner(
    DistributedApplicationExecutionContext executionContext,
    AppHostMetadata metadata,
    OtlpEnvironment otlp)
{
    public async Task<ProcessPlan> PlanAsync(IResource resource, CancellationToken cancellationToken)
    {
        var environment = await EnvironmentAsync(resource, cancellationToken).ConfigureAwait(false);
        var arguments = await ArgumentsAsync(resource, cancellationToken).ConfigureAwait(false);

        return resource switch
        {
            ProjectResource project => Project(project, arguments, environment),
            ExecutableResource executable => Executable(executable, arguments, environment),
            _ => throw new DistributedApplicationException($"Resource '{resource.Name}' is neither a project nor an executable."),
        };
    }

    private async Task<SortedDictionary<string, string>> EnvironmentAsync(IResource resource, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, object>();
        await otlp.AddAsync(resource, values, cancellationToken).ConfigureAwait(false);

        var context = new EnvironmentCallbackContext(executionContext, resource, values, cancellationToken);

        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        var environment = new SortedDictionary<string, string>(StringComparer.Ordinal);

        foreach (var (name, value) in values)
        {
            environment[name] = await TextAsync(value, cancellationToken).ConfigureAwait(false);
        }

        return environment;
    }

    private static async Task<List<string>> ArgumentsAsync(IResource resource, CancellationToken cancellationToken)
    {
        var values = new List<object>();
        var context = new CommandLineArgsCallbackContext(values, resource, cancellationToken);

        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        var arguments = new List<string>();

        foreach (var value in values)
        {
            arguments.Add(await TextAsync(value, cancellationToken).ConfigureAwait(false));
        }

        return arguments;
    }

    private ProcessPlan Project(ProjectResource project, List<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var path = project.Annotations.OfType<IProjectMetadata>().Last().ProjectPath;

        if (metadata.ProjectOutput(path) is not { } assembly || !File.Exists(assembly))
        {
            throw new DistributedApplicationException(
                $"Project '{path}' has not been built with the AppHost: does the AppHost reference it?");
        }

        return new ProcessPlan(Programs.Dotnet(), ["exec", assembly, .. arguments], Path.GetDirectoryName(path)!, environment);
    }

    private static ProcessPlan Executable(
        ExecutableResource executable,
        List<string> arguments,
        IReadOnlyDictionary<string, string> environment)
    {
        if (!Directory.Exists(executable.WorkingDirectory))
        {
            throw new DistributedApplicationException($"The working directory '{executable.WorkingDirectory}' does not exist.");
        }

        var program = Programs.Find(executable.Command, executable.WorkingDirectory)
            ?? throw new DistributedApplicationException(
                $"There is no program '{executable.Command}' on PATH or in '{executable.WorkingDirectory}'.");

        return new ProcessPlan(program, arguments, executable.WorkingDirectory, environment);
    }

    private static async ValueTask<string> TextAsync(object value, CancellationToken cancellationToken) => value switch
    {
        IResourceBuilder<IResource> builder => await TextAsync(builder.Resource, cancellationToken).ConfigureAwait(false),
        IValueProvider provider => await provider.GetValueAsync(cancellationToken).ConfigureAwait(false) ?? "",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
