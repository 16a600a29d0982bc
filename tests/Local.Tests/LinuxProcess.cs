namespace Waybill.Local.Tests;

/// <summary>What Linux says about a process.</summary>
public static class LinuxProcess
{
    private const string Listening = "0A";

    /// <returns>Addresses as /proc writes them: <c>0100007F:PORT</c> is 127.0.0.1.</returns>
    public static IReadOnlyList<string> ListeningAddresses(int processId)
    {
        var inodes = Directory.GetFiles($"/proc/{processId}/fd")
            .Select(descriptor => File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.Name ?? "")
            .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(target => target["socket:[".Length..^1])
            .ToHashSet();

        return [.. File.ReadLines("/proc/net/tcp").Concat(File.ReadLines("/proc/net/tcp6"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns[3] == Listening && inodes.Contains(columns[9]))
            .Select(columns => columns[1])];
    }

    /// <summary>A process that has ended but that nobody has waited for counts as gone.</summary>
    public static bool IsRunning(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/stat").Split(") ")[^1][0] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }
}
