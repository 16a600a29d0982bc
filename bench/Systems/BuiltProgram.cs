using Waybill.TestSupport;

namespace Waybill.Bench.Systems;

/// <summary>Programs and libraries of the bench that run in other processes, built in the same configuration as this one.</summary>
internal static class BuiltProgram
{
    /// <param name="project">A folder below bench.</param>
    public static string Find(string project, string? assembly = null)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(Repository.Root, "bench", project, "bin", output.Parent!.Name, output.Name, $"{assembly ?? project}.dll");
    }
}
