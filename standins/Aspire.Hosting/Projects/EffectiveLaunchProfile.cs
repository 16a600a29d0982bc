using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Projects;

/// <summary>The launch profile a project resource starts with.</summary>
internal sealed record EffectiveLaunchProfile(string Name, LaunchProfile Profile)
{
    public static EffectiveLaunchProfile? Find(string projectPath, ProjectResourceOptions options, IConfiguration configuration)
    {
        if (options.ExcludeLaunchProfile || LaunchSettings.Read(Path.GetDirectoryName(projectPath)!) is not { } settings)
        {
            return null;
        }

        if (options.LaunchProfileName is { Length: > 0 } wanted)
        {
            return settings.Profiles.TryGetValue(wanted, out var profile)
                ? new EffectiveLaunchProfile(wanted, profile)
                : throw new DistributedApplicationException($"'{projectPath}' has no launch profile '{wanted}'.");
        }

        var projects = settings.Profiles.Where(profile => profile.Value.CommandName == "Project").ToList();
        var preferred = configuration["AppHost:DefaultLaunchProfileName"] ?? configuration["DOTNET_LAUNCH_PROFILE"];
        var chosen = projects.Where(profile => profile.Key == preferred).Concat(projects).FirstOrDefault();

        return chosen.Key is null ? null : new EffectiveLaunchProfile(chosen.Key, chosen.Value);
    }
}
