using Waybill.Infra.Tests.Support;

namespace Waybill.Infra.Tests.Network;

/// <summary>Rules out that a worker, whose targets are named by strangers, reaches something inside.</summary>
[Collection(DeployedCollection.Name)]
public sealed class EgressTests(DeployedFixture deployed)
{
    private Firewall Acl => new(deployed.Waybill.OfType("AWS::EC2::NetworkAclEntry"));

    private IEnumerable<Resource> Subnets(string group) => deployed.Waybill.OfType("AWS::EC2::Subnet")
        .Where(subnet => subnet.Id.StartsWith($"Vpc{group}", StringComparison.Ordinal));

    [Theory]
    [InlineData("93.184.216.34", 443)]
    [InlineData("93.184.216.34", 8080)]
    public void Workers_reach_receivers_on_the_internet(string address, int port) => Assert.True(Acl.LetsOut(address, port));

    [Theory]
    [InlineData("10.20.0.10", 443)]
    [InlineData("10.20.0.10", 8080)]
    [InlineData("10.20.255.1", 5112)]
    [InlineData("10.0.0.1", 443)]
    [InlineData("172.31.0.1", 443)]
    [InlineData("192.168.1.1", 80)]
    [InlineData("100.64.0.1", 80)]
    public void Workers_reach_no_private_address(string address, int port) => Assert.False(Acl.LetsOut(address, port));

    [Fact]
    public void Of_the_services_workers_reach_the_internal_API_alone() => Assert.All(Subnets("services"), subnet =>
    {
        var address = subnet.Text("CidrBlock").Split('/')[0];

        Assert.True(Acl.LetsOut(address, 5112));
        Assert.False(Acl.LetsOut(address, 8080));
        Assert.False(Acl.LetsOut(address, 443));
        Assert.True(Acl.LetsIn(address, 40000));
    });

    [Theory]
    [InlineData("10.20.0.10")]
    [InlineData("192.168.1.1")]
    public void Nothing_private_answers_to_a_worker(string address) => Assert.False(Acl.LetsIn(address, 40000));

    [Theory]
    [InlineData(22)]
    [InlineData(80)]
    [InlineData(8080)]
    public void Nobody_on_the_internet_opens_a_connection_to_a_worker(int port) => Assert.False(Acl.LetsIn("93.184.216.34", port));

    [Fact]
    public void The_ACL_is_around_every_subnet_of_the_workers_and_no_other()
    {
        var around = deployed.Waybill.OfType("AWS::EC2::SubnetNetworkAclAssociation").Select(association => (string)association["SubnetId"]!["Ref"]!);
        Assert.Equal(Subnets("delivery").Select(subnet => subnet.Id).Order(), around.Order());
    }

    [Fact]
    public void Workers_go_out_through_NAT_and_have_no_way_around_it()
    {
        var routes = deployed.Waybill.OfType("AWS::EC2::Route").Where(route => route.Id.StartsWith("Vpcdelivery", StringComparison.Ordinal)).ToArray();

        Assert.Equal(2, routes.Length);
        Assert.All(routes, route => Assert.NotNull(route["NatGatewayId"]));
    }

    [Fact]
    public void Gateway_endpoints_are_in_the_services_subnets_alone_and_lead_to_the_table_and_to_layers_alone()
    {
        var endpoints = deployed.Waybill.OfType("AWS::EC2::VPCEndpoint").ToArray();

        Assert.All(endpoints.SelectMany(endpoint => endpoint["RouteTableIds"]!.AsArray()), table =>
            Assert.StartsWith("Vpcservices", (string)table!["Ref"]!, StringComparison.Ordinal));
        Assert.Equal(
        [
            "arn:aws:dynamodb:us-east-1:123456789012:table/notifications",
            "arn:aws:dynamodb:us-east-1:123456789012:table/notifications/index/correlation",
            "arn:aws:dynamodb:us-east-1:123456789012:table/notifications/index/due",
            "arn:aws:dynamodb:us-east-1:123456789012:table/notifications/index/endpoint",
            "arn:aws:dynamodb:us-east-1:123456789012:table/notifications/index/failed",
            "arn:aws:dynamodb:us-east-1:123456789012:table/notifications/index/recent",
            "arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*",
        ], endpoints.SelectMany(Statement.In).SelectMany(statement => statement.Resources).Order());
    }

    [Fact]
    public void No_task_has_a_public_address() => Assert.All(deployed.Waybill.OfType("AWS::ECS::Service"), service =>
        Assert.Equal("DISABLED", (string?)service["NetworkConfiguration"]!["AwsvpcConfiguration"]!["AssignPublicIp"]));

    [Fact]
    public void What_the_network_refuses_is_logged() =>
        Assert.Equal("REJECT", Assert.Single(deployed.Waybill.OfType("AWS::EC2::FlowLog")).Text("TrafficType"));
}
