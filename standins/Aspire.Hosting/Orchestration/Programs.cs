namespace Aspire.Hosting.Orchestration;

/// <summary>Finds programs on this machine.</summary>
internal static class Programs
{
    /// <summary>The dotnet that runs or built this AppHost, else the one on PATH.</summary>
    public static string Dotnet()
    {
        if (Path.GetFileName(Environment.ProcessPath) == "dotnet")
        {
            return Environment.ProcessPath!;
        }

        return Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host && File.Exists(host) ? host : "dotnet";
    }

    /// <returns>Null where there is none. A command with a slash is a path, relative to the working directory.</returns>
    public static string? Find(string command, string workingDirectory)
    {
        if (command.Contains('/', StringComparison.Ordinal))
        {
            var path = Path.GetFullPath(command, workingDirectory);
            return File.Exists(path) ? path : null;
        }

        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, command))
            .FirstOrDefault(File.Exists);
    }
}
