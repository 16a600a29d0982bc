using System.ComponentModel;
using System.Diagnostics;

namespace Waybill.LocalAws;

/// <summary>Finds programs on a search path, and runs one to its end.</summary>
internal static class Executable
{
    private static readonly string[] Suffixes = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];

    public static string? Find(string name, string searchPath) =>
        searchPath
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => Suffixes.Select(suffix => Path.Combine(folder, name + suffix)))
            .FirstOrDefault(IsExecutable);

    /// <returns>The exit code and everything printed, standard output first. The process ends with this one, and when cancelled.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        ProcessStartInfo start,
        string searchPath,
        CancellationToken cancellationToken)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["PATH"] = searchPath;

        using var process = Start(start);
        using var guard = ParentGuard.Watch(process);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);

        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            throw;
        }
    }

    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new LocalToolsException($"{start.FileName} cannot be started: {error.Message}.", error);
        }
    }

    private static bool IsExecutable(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        const UnixFileMode execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & execute) != 0;
    }
}
