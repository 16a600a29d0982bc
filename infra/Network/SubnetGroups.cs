using Amazon.CDK.AWS.EC2;

namespace Waybill.Infra.Network;

/// <summary>The three kinds of subnet, one of each in every zone.</summary>
internal static class SubnetGroups
{
    /// <summary>Load balancer and NAT gateways.</summary>
    public const string Public = "public";

    /// <summary>IntakeService and StatusService.</summary>
    public const string Services = "services";

    /// <summary>DeliveryWorker, alone, because what it calls is named by strangers.</summary>
    public const string Delivery = "delivery";

    public static SubnetSelection In(string group) => new() { SubnetGroupName = group };
}
