using System.Reflection;

namespace Aspire.Hosting;

public sealed class DistributedApplicationOptions
{
    public string[]? Args { get; set; }

    /// <summary>The AppHost's assembly; default: the one that calls CreateBuilder.</summary>
    public string? AssemblyName { get; set; }

    public string? ProjectDirectory { get; set; }

    /// <summary>Default false; true in tests.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>Writes what resources print to the AppHost's log. Default false; true in tests, or where there is no dashboard.</summary>
    public bool EnableResourceLogging { get; set; }

    internal Assembly? CallingAssembly { get; set; }

    internal Assembly? ResolveAssembly() => AssemblyName is null ? CallingAssembly : Assembly.Load(AssemblyName);
}
