using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Waybill.EndToEnd.Tests.Command;

/// <summary>What Linux tells of processes in /proc.</summary>
internal static class ProcessTable
{
    /// <summary>Processes that were started with that variable, by themselves or by one that was. One that has ended is not there.</summary>
    public static IReadOnlyList<int> WithVariable(string name, string value)
    {
        var wanted = $"{name}={value}";

        return [.. Ids().Where(id => Read(id, "environ").Split('\0').Contains(wanted)).Order()];
    }

    /// <returns>The value of a variable that a process was started with; null where it has none.</returns>
    public static string? Variable(int id, string name) =>
        Read(id, "environ").Split('\0').FirstOrDefault(entry => entry.StartsWith($"{name}=", StringComparison.Ordinal))?[(name.Length + 1)..];

    /// <summary>Their command lines, one a line.</summary>
    public static string Describe(IEnumerable<int> ids) =>
        string.Join(Environment.NewLine, ids.Select(id => $"{id} {Read(id, "cmdline").Replace('\0', ' ')}"));

    public static async Task SignalAsync(string signal, int id)
    {
        using var kill = Process.Start("kill", [$"-{signal}", id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private static IEnumerable<int> Ids() =>
        from folder in Directory.EnumerateDirectories("/proc")
        let id = int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var number) ? number : 0
        where id > 0
        select id;

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/{file}", Encoding.Latin1);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or is another user's.
            return "";
        }
    }
}
