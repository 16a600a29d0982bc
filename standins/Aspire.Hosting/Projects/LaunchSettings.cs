using System.Text.Json;

namespace Aspire.Hosting.Projects;

internal sealed record LaunchProfile(
    string? CommandName,
    string? CommandLineArgs,
    string? ApplicationUrl,
    Dictionary<string, string>? EnvironmentVariables)
{
    public IEnumerable<string> Urls => ApplicationUrl?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [];
}

/// <summary>Properties/launchSettings.json of a project.</summary>
internal sealed record LaunchSettings(Dictionary<string, LaunchProfile> Profiles)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <returns>Null where the project has no such file.</returns>
    public static LaunchSettings? Read(string projectDirectory)
    {
        var file = Path.Combine(projectDirectory, "Properties", "launchSettings.json");

        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            var settings = JsonSerializer.Deserialize<LaunchSettings>(File.ReadAllText(file), Json);
            return settings is { Profiles: not null } ? settings : null;
        }
        catch (JsonException exception)
        {
            throw new DistributedApplicationException($"{file} cannot be read: {exception.Message}", exception);
        }
    }
}
