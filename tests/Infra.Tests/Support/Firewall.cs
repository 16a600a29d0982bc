using System.Net;

namespace Waybill.Infra.Tests.Support;

/// <summary>Judges a connection as the network ACL of a template would: the first rule that fits decides, and without one it is refused.</summary>
internal sealed class Firewall(IEnumerable<Resource> entries)
{
    private const string Tcp = "6";
    private const string AnyProtocol = "-1";

    private readonly IReadOnlyList<Resource> _rules = [.. entries.OrderBy(entry => (int)entry["RuleNumber"]!)];

    public bool LetsOut(string address, int port) => IsAllowed(egress: true, address, port);

    public bool LetsIn(string address, int port) => IsAllowed(egress: false, address, port);

    private bool IsAllowed(bool egress, string address, int port)
    {
        var rule = _rules.FirstOrDefault(entry => (bool?)entry["Egress"] == egress && Fits(entry, IPAddress.Parse(address), port));
        return rule?.Text("RuleAction") == "allow";
    }

    private static bool Fits(Resource entry, IPAddress address, int port) =>
        IPNetwork.Parse(entry.Text("CidrBlock")).Contains(address)
        && entry.Text("Protocol") switch
        {
            AnyProtocol => true,
            Tcp => port >= (int)entry["PortRange"]!["From"]! && port <= (int)entry["PortRange"]!["To"]!,
            _ => false,
        };
}
