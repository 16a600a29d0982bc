using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Waybill.EndToEnd.Tests.Command;

/// <summary>
/// A network for one command, in which there is this machine and a link on which nobody answers. The way to every other address
/// leads there, the name server's as well: whoever looks for one has sent a packet, be it only to ask who has the address.
/// Nothing sends there by itself, as IPv6 is off on the link; over IPv6 there is no way at all, and each try is counted.
/// </summary>
internal sealed class OwnNetwork : IDisposable
{
    /// <summary>The first column of <c>/proc/net/dev</c> that counts packets sent.</summary>
    private const int PacketsSentColumn = 9;

    private const string SetUp = """
        ip link set lo up
        ip link add away type veth peer name away2
        for link in away away2; do
          [ ! -e /proc/sys/net/ipv6/conf/$link ] || echo 1 > /proc/sys/net/ipv6/conf/$link/disable_ipv6
        done
        ip addr add 192.0.2.1/24 dev away
        ip link set away up
        ip link set away2 up
        ip route add default via 192.0.2.254
        resolver=$(mktemp)
        echo nameserver 192.0.2.254 > "$resolver"
        mount --bind "$resolver" /etc/resolv.conf
        rm "$resolver"
        exec "$@"
        """;

    private static readonly Lazy<string?> Reason = new(Try);

    private readonly StreamReader _links;
    private readonly StreamReader? _ipv6;

    /// <param name="processId">Of a process in there. The files that are opened here keep its network when it has ended.</param>
    public OwnNetwork(int processId)
    {
        var folder = $"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/net";

        _links = new StreamReader(Path.Combine(folder, "dev"));
        _ipv6 = File.Exists(Path.Combine(folder, "snmp6")) ? new StreamReader(Path.Combine(folder, "snmp6")) : null;
    }

    /// <summary>What runs the command that follows in there, as the same process.</summary>
    public static IReadOnlyList<string> Command { get; } = ["unshare", "--map-root-user", "--net", "--mount", "sh", "-ec", SetUp, "sh"];

    /// <summary>Why there can be none on this machine; null where there can.</summary>
    public static string? Missing => Reason.Value;

    public int PacketsSent() => Number(Lines(_links).Single(line => line[0] == "away:")[PacketsSentColumn + 1]);

    /// <summary>Packets over IPv6 that found no way.</summary>
    public int Ipv6Tries() => _ipv6 is null ? 0 : Number(Lines(_ipv6).Single(line => line[0] == "Ip6OutNoRoutes")[1]);

    public void Dispose()
    {
        _links.Dispose();
        _ipv6?.Dispose();
    }

    /// <summary>As it is now: such a file is made anew when it is read from its beginning.</summary>
    private static List<string[]> Lines(StreamReader file)
    {
        file.BaseStream.Position = 0;
        file.DiscardBufferedData();

        var lines = file.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))];
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string? Try()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Command[0], [.. Command.Skip(1), "true"]) { RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();

            return process.ExitCode == 0 ? null : $"A network of its own cannot be made here (iproute2 and user namespaces are needed): {error.Trim()}";
        }
        catch (Win32Exception problem)
        {
            return $"A network of its own cannot be made here: {problem.Message}";
        }
    }
}
