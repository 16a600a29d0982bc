namespace StandIns.Aspire.Tests.Support;

internal static class Processes
{
    /// <summary>A process that has ended but that nobody has asked for its exit code yet does not count.</summary>
    public static bool Exist(int id)
    {
        try
        {
            // "pid (name) state …"; the name may hold anything, so read from its closing bracket on.
            var status = File.ReadAllText($"/proc/{id}/stat");
            return status[status.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Waits until none of them exists.</summary>
    public static async Task GoneAsync(IReadOnlyCollection<int> ids, CancellationToken deadline)
    {
        while (ids.Any(Exist))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), deadline);
        }
    }

    /// <summary>All processes below one, at any depth.</summary>
    public static IReadOnlyCollection<int> Below(int id)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(directory => int.TryParse(Path.GetFileName(directory), out var process) ? process : 0)
            .Where(process => process != 0 && Parent(process) == id)
            .ToList();

        return [.. children, .. children.SelectMany(Below)];
    }

    private static int Parent(int id)
    {
        try
        {
            var status = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(status[(status.LastIndexOf(')') + 4)..].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
