using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Projects;

/// <summary>What every project resource gets: telemetry, console format, its launch profile, ASPNETCORE_URLS.</summary>
internal static class ProjectDefaults
{
    public static IResourceBuilder<ProjectResource> WithDefaults(
        this IResourceBuilder<ProjectResource> builder,
        IProjectMetadata project,
        ProjectResourceOptions options)
    {
        RefuseKestrelEndpoints(project.ProjectPath, options, builder.ApplicationBuilder.Environment);

        builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");

        if (builder.ApplicationBuilder.Environment.IsDevelopment())
        {
            builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "true");
            builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "true");
        }

        builder.WithOtlpExporter();
        builder.WithEnvironment("LOGGING__CONSOLE__FORMATTERNAME", "simple");
        builder.WithEnvironment("DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION", "true");
        builder.WithEnvironment(SetUrls);

        if (EffectiveLaunchProfile.Find(project.ProjectPath, options, builder.ApplicationBuilder.Configuration) is { } profile)
        {
            Apply(builder, profile);
        }

        return builder;
    }

    private static void Apply(IResourceBuilder<ProjectResource> builder, EffectiveLaunchProfile profile)
    {
        if (!string.IsNullOrEmpty(profile.Profile.CommandLineArgs))
        {
            throw new DistributedApplicationException(
                $"Launch profile '{profile.Name}' of '{builder.Resource.Name}' has commandLineArgs, "
                + "which are not read here: use WithArgs.");
        }

        foreach (var url in profile.Profile.Urls)
        {
            AddEndpoint(builder.Resource, new Uri(url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal)));
        }

        builder.WithEnvironment(context =>
        {
            context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", profile.Name);

            foreach (var (name, value) in profile.Profile.EnvironmentVariables ?? [])
            {
                context.EnvironmentVariables.TryAdd(name, Environment.ExpandEnvironmentVariables(value));
            }
        });
    }

    /// <summary>Named by the scheme; from the second of a scheme on, with its number: http, http2.</summary>
    private static void AddEndpoint(ProjectResource project, Uri url)
    {
        var sameScheme = project.Annotations.OfType<EndpointAnnotation>().Count(endpoint => endpoint.UriScheme == url.Scheme);
        var name = sameScheme == 0 ? url.Scheme : $"{url.Scheme}{sameScheme + 1}";

        project.Annotations.Add(new EndpointAnnotation(ProtocolType.Tcp, url.Scheme, name: name, port: url.Port)
        {
            TargetHost = url.Host,
            FromLaunchProfile = true,
        });
    }

    private static void SetUrls(EnvironmentCallbackContext context)
    {
        var urls = context.Resource.Annotations
            .OfType<EndpointAnnotation>()
            .Where(endpoint => endpoint.IsHttp && endpoint.TargetPortEnvironmentVariable is null)
            .Select(endpoint => $"{endpoint.UriScheme}://{endpoint.TargetHost}:{endpoint.AllocatedPort}")
            .ToList();

        if (urls.Count > 0)
        {
            context.EnvironmentVariables.TryAdd("ASPNETCORE_URLS", string.Join(';', urls));
        }
    }

    private static void RefuseKestrelEndpoints(string projectPath, ProjectResourceOptions options, IHostEnvironment environment)
    {
        if (options.ExcludeKestrelEndpoints)
        {
            return;
        }

        var directory = Path.GetDirectoryName(projectPath)!;
        var settings = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(directory, "appsettings.json"), optional: true)
            .AddJsonFile(Path.Combine(directory, $"appsettings.{environment.EnvironmentName}.json"), optional: true)
            .Build();

        if (settings.GetSection("Kestrel:Endpoints").GetChildren().Any())
        {
            throw new DistributedApplicationException(
                $"'{projectPath}' configures Kestrel:Endpoints, which are not read here: "
                + "set ExcludeKestrelEndpoints and add endpoints in the AppHost.");
        }
    }
}
