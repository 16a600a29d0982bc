using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ElasticLoadBalancingV2;
using Waybill.Infra.Data;
using Waybill.Infra.Deployment;
using Waybill.Infra.Services;

namespace Waybill.Infra.Network;

/// <summary>Who can reach whom, and the load balancer, whose address has to outlive releases.</summary>
internal sealed class NetworkStack : WaybillStack
{
    private const string Cidr = "10.20.0.0/16";

    public NetworkStack(App app, Settings settings, DataStack data)
        : base(app, "WaybillNetwork", "Waybill: network and load balancer", settings, isLasting: false)
    {
        Vpc = new Vpc(this, "Vpc", new VpcProps
        {
            IpAddresses = IpAddresses.Cidr(Cidr),
            MaxAzs = settings.Zones.Count,
            NatGateways = settings.NatGateways,
            SubnetConfiguration =
            [
                Subnets(SubnetGroups.Public, SubnetType.PUBLIC, 24),
                Subnets(SubnetGroups.Services, SubnetType.PRIVATE_WITH_EGRESS, Sizes.SubnetBits),
                Subnets(SubnetGroups.Delivery, SubnetType.PRIVATE_WITH_EGRESS, Sizes.SubnetBits),
            ],
        });

        FlowLogs.AddTo(Vpc, data.Key);
        Endpoints.AddTo(Vpc, Names);
        DeliveryAcl.AddTo(Vpc);
        Groups = new SecurityGroups(this, Vpc);
        LoadBalancer = PublicLoadBalancer.Create(this, Vpc, Groups);
    }

    /// <summary>Named, so that the account is not asked for them.</summary>
    public override string[] AvailabilityZones => [.. Settings.Zones];

    public Vpc Vpc { get; }

    public SecurityGroups Groups { get; }

    public ApplicationLoadBalancer LoadBalancer { get; }

    private static SubnetConfiguration Subnets(string name, SubnetType type, int bits) =>
        new() { Name = name, SubnetType = type, CidrMask = bits, MapPublicIpOnLaunch = type == SubnetType.PUBLIC ? false : null };
}
