using System.Reflection;
using Aspire.Hosting.Projects;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>What differs for an AppHost that runs in a test. Arguments win over all of it.</summary>
internal static class TestDefaults
{
    public static void Apply(
        Assembly appHost,
        string[] args,
        DistributedApplicationOptions options,
        HostApplicationBuilderSettings settings,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    {
        settings.Args = args;
        settings.Configuration = new ConfigurationManager();

        // What is added later wins, and both yield to arguments and environment.
        AddLaunchProfile(new AppHostMetadata(appHost).ProjectDirectory, settings.Configuration, args);
        settings.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["DcpPublisher:RandomizePorts"] = "true",
                ["ASPNETCORE_URLS"] = "http://localhost:8080",
                ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://localhost:4317",
            });

        options.Args = args;
        options.AssemblyName = appHost.GetName().Name;
        options.DisableDashboard = true;
        options.EnableResourceLogging = true;

        configureBuilder(options, settings);
    }

    /// <summary>The environment of the AppHost's first launch profile, or of the one that DOTNET_LAUNCH_PROFILE names.</summary>
    private static void AddLaunchProfile(string? appHostDirectory, ConfigurationManager configuration, string[] args)
    {
        if (appHostDirectory is null || LaunchSettings.Read(appHostDirectory) is not { } settings)
        {
            return;
        }

        var wanted = new ConfigurationBuilder().AddCommandLine(args).Build()["DOTNET_LAUNCH_PROFILE"];
        var (name, profile) = settings.Profiles.FirstOrDefault(profile => wanted is null || profile.Key == wanted);

        if (profile is null)
        {
            throw new InvalidOperationException($"The AppHost has no launch profile '{wanted}'.");
        }

        // DOTNET_ENVIRONMENT and ASPNETCORE_ENVIRONMENT are one setting without their prefixes: the first counts.
        configuration.AddInMemoryCollection(Variables(name, profile).DistinctBy(variable => variable.Key, StringComparer.OrdinalIgnoreCase));
    }

    private static IEnumerable<KeyValuePair<string, string?>> Variables(string profileName, LaunchProfile profile)
    {
        yield return new("DOTNET_LAUNCH_PROFILE", profileName);

        foreach (var (name, value) in profile.EnvironmentVariables ?? [])
        {
            yield return new(name, value);

            foreach (var prefix in (string[])["DOTNET_", "ASPNETCORE_"])
            {
                if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                {
                    yield return new(name[prefix.Length..], value);
                }
            }
        }
    }
}
