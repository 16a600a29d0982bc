using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Waybill.Hosting.Aspire;
using Waybill.LocalAws;

namespace Waybill.AppHost.Local;

/// <summary>
/// The emulators as resources, and what connects the services to them: nothing but the AWS SDK's own settings,
/// each service getting only what it needs.
/// </summary>
internal static partial class LocalResources
{
    /// <summary>
    /// A project that is configured here alone, not by a launch profile of its own. It listens on its ports itself, without a proxy of
    /// Aspire before it, speaks http only, and runs as it was built with the AppHost: not through <c>dotnet run</c>, which takes seconds to
    /// start and 150 MB beside each project.
    /// </summary>
    public static IResourceBuilder<ProjectResource> AddLocalProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() =>
        builder.AddProject<TProject>(name, options => options.ExcludeLaunchProfile = true)
            .WithAnnotation(new ProxySupportAnnotation { ProxyEnabled = false })
            .WithoutHttpsCertificate()
            // At the end the dashboard may be gone first: then what is left to export is not waited for, by default 10 s.
            .WithEnvironment("OTEL_EXPORTER_OTLP_TIMEOUT", "1000")
            .WithLaunchToolArgs(
                context =>
                {
                    context.Args.Add("exec");
                    context.Args.Add(BuiltAssembly(new TProject().ProjectPath));
                },
                ownedByLaunchConfigurationType: "project");

    /// <summary>A link to the document of a service's API, in the dashboard.</summary>
    public static IResourceBuilder<ProjectResource> WithOpenApiLink(this IResourceBuilder<ProjectResource> service) =>
        service.WithUrlForEndpoint("http", _ => new ResourceUrlAnnotation { Url = "/openapi/v1.json", DisplayText = "OpenAPI" });

    /// <summary>An address that is no page: for programs, so it stands with the details only.</summary>
    public static IResourceBuilder<ProjectResource> WithAddressInDetails(this IResourceBuilder<ProjectResource> service, string endpoint) =>
        service.WithUrlForEndpoint(endpoint, url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly);

    public static IResourceBuilder<ExecutableResource> AddDynamoDbEmulator(
        this IDistributedApplicationBuilder builder,
        string name,
        LocalTools tools,
        DataFolder data)
    {
        var emulator = builder.AddExecutable(name, tools.DynamoDb, tools.Folder, "serve", "--host", "127.0.0.1")
            .WithHttpEndpoint(isProxied: false)
            .WithPromptHealthCheck("/");

        var port = emulator.GetEndpoint("http").Property(EndpointProperty.TargetPort);
        return emulator.WithArgs("-p", port, "--db-path", Path.Combine(data.Path, "dynamodb.sqlite"));
    }

    public static IResourceBuilder<ExecutableResource> AddSqsEmulator(
        this IDistributedApplicationBuilder builder,
        string name,
        LocalTools tools,
        DataFolder data)
    {
        var emulator = builder.AddExecutable(name, tools.Node, tools.Folder, Path.GetRelativePath(tools.Folder, tools.SqsScript))
            .WithHttpEndpoint(isProxied: false)
            .WithPromptHealthCheck("/health");

        var port = emulator.GetEndpoint("http").Property(EndpointProperty.TargetPort);
        return emulator.WithArgs("--port", port, "--data", Path.Combine(data.Path, "sqs"));
    }

    /// <summary>
    /// The receiver that docs/tour.md shows for JavaScript, for whoever starts it in the dashboard. What it needs from npm is
    /// installed then.
    /// </summary>
    public static IResourceBuilder<ExecutableResource> AddOwnReceiver(
        this IDistributedApplicationBuilder builder,
        string name,
        LocalTools tools,
        IResourceBuilder<ParameterResource> signingSecret)
    {
        var folder = Path.GetFullPath(Path.Combine(tools.Folder, "..", "samples", "own-receiver"));

        return builder.AddExecutable(name, tools.Node, folder, "receiver.mjs")
            .WithHttpEndpoint(port: builder.Port("OwnReceiver"), env: "PORT", isProxied: false)
            .WithEnvironment("WEBHOOK_SECRET", signingSecret)
            .WithExplicitStart()
            .OnBeforeResourceStarted(async (resource, starting, cancellationToken) =>
            {
                var log = starting.Services.GetRequiredService<ResourceLoggerService>().GetLogger(resource);
                await new NpmInstall(folder, "the library that checks signatures", line => Log.Installing(log, line)).EnsureAsync(cancellationToken);
            });
    }

    public static IResourceBuilder<ProjectResource> WithDynamoDb(
        this IResourceBuilder<ProjectResource> project,
        IResourceBuilder<ExecutableResource> dynamoDb) =>
        project.WithSdkConfiguration().WithEmulatedAws(dynamoDb.GetEndpoint("http"), sqs: null);

    public static IResourceBuilder<ProjectResource> WithSqs(
        this IResourceBuilder<ProjectResource> project,
        IResourceBuilder<ExecutableResource> sqs) =>
        project.WithSdkConfiguration().WithEmulatedAws(dynamoDb: null, sqs.GetEndpoint("http"));

    /// <summary>
    /// Where the build of the AppHost put it, from the project's folder, in which it runs: <c>bin/CONFIGURATION/FRAMEWORK</c>, as of the
    /// running program.
    /// </summary>
    private static string BuiltAssembly(string projectPath)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine("bin", framework.Parent!.Name, framework.Name, Path.GetFileNameWithoutExtension(projectPath) + ".dll");
    }

    private static IResourceBuilder<ProjectResource> WithSdkConfiguration(this IResourceBuilder<ProjectResource> project)
    {
        UseSdkConfiguration(project);
        return project;
    }

    /// <summary>What Aspire.Hosting.AWS adds, where that package is there; see LocalResources.Published.cs.</summary>
    static partial void UseSdkConfiguration(IResourceBuilder<ProjectResource> project);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Line}")]
        public static partial void Installing(ILogger logger, string line);
    }
}
