using Amazon.CDK.AWS.EC2;
using Action = Amazon.CDK.AWS.EC2.Action;

namespace Waybill.Infra.Network;

/// <summary>
/// Around the workers' subnets: of private networks they reach the internal API and nothing else, this network's own included. Security groups
/// cannot say that, as they cannot take a range out of "everywhere". It is the second line behind the worker's egress guard.
/// Network ACLs do not see the metadata and credentials endpoints (169.254.x.x); those the guard alone refuses.
/// </summary>
internal static class DeliveryAcl
{
    private static readonly string[] PrivateNetworks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

    /// <summary>Ports from which Linux makes connections, whose answers come back to them.</summary>
    private static readonly AclTraffic Answers = AclTraffic.TcpPortRange(32768, 60999);

    public static void AddTo(Vpc vpc)
    {
        var acl = new NetworkAcl(vpc, "DeliveryAcl", new NetworkAclProps { Vpc = vpc, SubnetSelection = SubnetGroups.In(SubnetGroups.Delivery) });
        var services = vpc.SelectSubnets(SubnetGroups.In(SubnetGroups.Services)).Subnets;

        foreach (var (index, subnet) in services.Index())
        {
            Add(acl, $"InternalApi{index}", 100 + index, subnet.Ipv4CidrBlock, AclTraffic.TcpPort(Ports.Internal), TrafficDirection.EGRESS, Action.ALLOW);
            Add(acl, $"InternalApiAnswers{index}", 100 + index, subnet.Ipv4CidrBlock, Answers, TrafficDirection.INGRESS, Action.ALLOW);
        }

        foreach (var (index, network) in PrivateNetworks.Index())
        {
            Add(acl, $"NotTo{index}", 200 + index, network, AclTraffic.AllTraffic(), TrafficDirection.EGRESS, Action.DENY);
            Add(acl, $"NotFrom{index}", 200 + index, network, AclTraffic.AllTraffic(), TrafficDirection.INGRESS, Action.DENY);
        }

        Add(acl, "Internet", 300, "0.0.0.0/0", AclTraffic.TcpPortRange(1, 65535), TrafficDirection.EGRESS, Action.ALLOW);
        Add(acl, "InternetAnswers", 300, "0.0.0.0/0", Answers, TrafficDirection.INGRESS, Action.ALLOW);
    }

    private static void Add(NetworkAcl acl, string id, int number, string cidr, AclTraffic traffic, TrafficDirection direction, Action action) =>
        acl.AddEntry(id, new CommonNetworkAclEntryOptions
        {
            RuleNumber = number,
            Cidr = AclCidr.Ipv4(cidr),
            Traffic = traffic,
            Direction = direction,
            RuleAction = action,
        });
}
