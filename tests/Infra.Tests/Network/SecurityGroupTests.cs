using System.Text.Json.Nodes;
using Waybill.Infra.Tests.Support;

namespace Waybill.Infra.Tests.Network;

/// <summary>Rules out a connection that nobody meant to allow. The list is all there is.</summary>
[Collection(DeployedCollection.Name)]
public sealed class SecurityGroupTests(DeployedFixture deployed)
{
    private const int InternalPort = 5112;

    [Fact]
    public void These_connections_are_open_and_no_others() => Assert.Equal(
    [
        "IntakeGroup in tcp 8080 LoadBalancerGroup",
        "IntakeGroup out tcp 443 0.0.0.0/0",
        "IntakeGroup out tcp 5112 StatusGroup",
        "LoadBalancerGroup in tcp 443 0.0.0.0/0",
        "LoadBalancerGroup in tcp 8443 0.0.0.0/0",
        "LoadBalancerGroup out tcp 8080 IntakeGroup",
        "LoadBalancerGroup out tcp 8080 StatusGroup",
        "StatusGroup in tcp 5112 IntakeGroup",
        "StatusGroup in tcp 5112 WorkerGroup",
        "StatusGroup in tcp 8080 LoadBalancerGroup",
        "StatusGroup out tcp 443 0.0.0.0/0",
        "WorkerGroup out tcp 0-65535 0.0.0.0/0",
        "WorkerGroup out tcp 5112 StatusGroup",
    ], Rules.Order(StringComparer.Ordinal));

    [Fact]
    public void The_internal_port_is_open_to_intake_and_worker_alone() =>
        Assert.Equal(["IntakeGroup", "WorkerGroup"], Rules.Where(rule => rule.Contains($" in tcp {InternalPort} ", StringComparison.Ordinal)).Select(rule => rule.Split(' ')[^1]).Order());

    [Fact]
    public void Nobody_can_connect_to_a_worker() => Assert.DoesNotContain(Rules, rule => rule.StartsWith("WorkerGroup in", StringComparison.Ordinal));

    [Fact]
    public void The_load_balancer_leads_to_public_ports_alone()
    {
        var services = deployed.Waybill.OfType("AWS::ECS::Service").Where(service => service["LoadBalancers"] is not null).ToArray();

        Assert.Equal(["intake", "status"], services.Select(service => service.Text("ServiceName")).Order());
        Assert.All(services, service => Assert.Equal(8080, (int)Assert.Single(service["LoadBalancers"]!.AsArray())!["ContainerPort"]!));
        Assert.All(deployed.Waybill.OfType("AWS::ElasticLoadBalancingV2::TargetGroup"), targets => Assert.Equal(8080, (int)targets["Port"]!));
    }

    [Fact]
    public void Listeners_are_open_for_the_two_public_APIs_alone() =>
        Assert.Equal([443, 8443], deployed.Waybill.OfType("AWS::ElasticLoadBalancingV2::Listener").Select(listener => (int)listener["Port"]!).Order());

    private IEnumerable<string> Rules =>
    [
        .. deployed.Waybill.OfType("AWS::EC2::SecurityGroup").SelectMany(Inline),
        .. deployed.Waybill.OfType("AWS::EC2::SecurityGroupIngress").Select(rule => Print(Group(rule), "in", rule.Properties)),
        .. deployed.Waybill.OfType("AWS::EC2::SecurityGroupEgress").Select(rule => Print(Group(rule), "out", rule.Properties)),
    ];

    private static string Group(Resource rule) => rule.Text("GroupId");

    /// <summary>The rule to nowhere stands for "none", as an empty list would mean "all".</summary>
    private static IEnumerable<string> Inline(Resource group)
    {
        var name = group.Id[..^8];
        var ingress = group["SecurityGroupIngress"]?.AsArray().Select(rule => Print(name, "in", rule!.AsObject())) ?? [];
        var egress = group["SecurityGroupEgress"]?.AsArray().Select(rule => Print(name, "out", rule!.AsObject())) ?? [];

        return ingress.Concat(egress).Where(rule => !rule.EndsWith("255.255.255.255/32", StringComparison.Ordinal));
    }

    private static string Print(string group, string direction, JsonObject rule)
    {
        var ports = $"{rule["FromPort"]}" == $"{rule["ToPort"]}" ? $"{rule["FromPort"]}" : $"{rule["FromPort"]}-{rule["ToPort"]}";
        var other = rule["CidrIp"] ?? rule["SourceSecurityGroupId"] ?? rule["DestinationSecurityGroupId"];

        return $"{group} {direction} {rule["IpProtocol"]} {ports} {Resource.Plain(other)}";
    }
}
