using System.Reflection;

namespace Aspire.Hosting;

/// <summary>What the build wrote into the AppHost's assembly (AppHost.targets).</summary>
internal sealed class AppHostMetadata(Assembly? assembly)
{
    public string? ProjectDirectory => Value("apphostprojectpath");

    /// <summary>The built assembly of a project the AppHost references.</summary>
    public string? ProjectOutput(string projectPath) => Value($"project:{projectPath}");

    private string? Value(string key) => assembly?
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => string.Equals(attribute.Key, key, StringComparison.OrdinalIgnoreCase))?
        .Value;
}
