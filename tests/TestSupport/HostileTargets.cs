namespace Waybill.TestSupport;

/// <summary>Of the URLs that must not get a connection those of which the URL alone tells it, with no name server asked.</summary>
public static class HostileTargets
{
    private static readonly string File = Path.Combine(Repository.Root, "tests", "DeliveryWorker.Tests", "Egress", "hostile-targets.txt");

    /// <summary>A line with an address beside its URL is about a name, unless its port is the matter.</summary>
    public static IReadOnlyList<string> WithoutNames { get; } =
    [
        .. System.IO.File.ReadLines(File)
            .Where(line => line.StartsWith("http", StringComparison.Ordinal))
            .Where(line => !line.Contains(' ', StringComparison.Ordinal) || line.StartsWith("https", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[0]),
    ];
}
