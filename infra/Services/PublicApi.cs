using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ElasticLoadBalancingV2;
using Constructs;
using Waybill.Infra.Deployment;
using Waybill.Infra.Network;
using LoadBalancerTargetOptions = Amazon.CDK.AWS.ECS.LoadBalancerTargetOptions;

namespace Waybill.Infra.Services;

/// <summary>A listener of the load balancer for one service's public API.</summary>
internal sealed class PublicApi : Construct
{
    public PublicApi(WaybillService service, FrontDoor door, int port, NetworkStack network)
        : base(service, "PublicApi")
    {
        TargetGroup = new ApplicationTargetGroup(this, "Targets", new ApplicationTargetGroupProps
        {
            Vpc = network.Vpc,
            Port = Ports.Public,
            Protocol = ApplicationProtocol.HTTP,
            TargetType = TargetType.IP,
            DeregistrationDelay = Duration.Seconds(30),
            Targets = [service.Service.LoadBalancerTarget(new LoadBalancerTargetOptions { ContainerName = service.Spec.Name.Text(), ContainerPort = Ports.Public })],
            HealthCheck = new Amazon.CDK.AWS.ElasticLoadBalancingV2.HealthCheck
            {
                Path = "/health",
                Interval = Duration.Seconds(10),
                Timeout = Duration.Seconds(5),
                HealthyThresholdCount = 2,
                UnhealthyThresholdCount = 3,
            },
        });

        _ = new ApplicationListener(this, "Listener", new ApplicationListenerProps
        {
            LoadBalancer = network.LoadBalancer,
            Port = port,
            Protocol = door.IsHttps ? ApplicationProtocol.HTTPS : ApplicationProtocol.HTTP,
            Certificates = door.Certificate is { } certificate ? [ListenerCertificate.FromArn(certificate)] : null,
            SslPolicy = door.IsHttps ? SslPolicy.RECOMMENDED_TLS : null,
            DefaultTargetGroups = [TargetGroup],
            Open = false,
        });

        _ = new CfnSecurityGroupIngress(this, "FromAnywhere", new CfnSecurityGroupIngressProps
        {
            GroupId = network.Groups.LoadBalancer.SecurityGroupId,
            IpProtocol = "tcp",
            FromPort = port,
            ToPort = port,
            CidrIp = "0.0.0.0/0",
            Description = $"clients of {service.Spec.Name.Text()}",
        });
    }

    public ApplicationTargetGroup TargetGroup { get; }
}
