using System.Net;

namespace Waybill.DeliveryWorker.Tests.Egress;

/// <summary>A line of hostile-targets.txt.</summary>
public sealed record HostileTarget(Uri Url, IReadOnlyList<IPAddress> Addresses)
{
    public static IReadOnlyList<HostileTarget> All { get; } =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Egress", "hostile-targets.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(Parse),
    ];

    private static HostileTarget Parse(string line)
    {
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var url = new Uri(parts[0]);
        string[] addresses = parts.Length > 1 ? parts[1..] : [url.IdnHost];

        return new HostileTarget(url, [.. addresses.Select(IPAddress.Parse)]);
    }
}
