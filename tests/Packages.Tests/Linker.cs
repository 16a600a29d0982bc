namespace Waybill.Packages.Tests;

/// <summary>What compiling ahead of time needs besides the SDK.</summary>
internal static class Linker
{
    public static bool IsThere { get; } = new[] { "clang", "gcc" }.Any(name => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, name))));
}
