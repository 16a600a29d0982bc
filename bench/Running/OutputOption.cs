using System.CommandLine;
using Waybill.TestSupport;

namespace Waybill.Bench.Running;

/// <summary>Where figures are kept.</summary>
internal static class OutputOption
{
    /// <param name="kept">Of what, as its description says.</param>
    public static Option<DirectoryInfo> Create(string kept = "the JSON") => new("--output")
    {
        Description = $"Folder for {kept}.",
        DefaultValueFactory = _ => new DirectoryInfo(Path.Combine(Repository.Root, "bench", "results")),
    };
}
