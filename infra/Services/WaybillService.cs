using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.KMS;
using Constructs;
using Waybill.Infra.Deployment;
using Waybill.Infra.Network;

namespace Waybill.Infra.Services;

/// <summary>One service on Fargate. A release that does not become healthy is rolled back.</summary>
internal sealed class WaybillService : Construct
{
    public WaybillService(Construct scope, Settings settings, ServiceSpec spec, string collectorDigest, ICluster cluster, IKey key)
        : base(scope, spec.Name.ToString())
    {
        Spec = spec;
        var task = new ServiceTask(this, settings, spec, collectorDigest, key);

        Service = new FargateService(this, "Service", new FargateServiceProps
        {
            ServiceName = spec.Name.Text(),
            Cluster = cluster,
            TaskDefinition = task.Definition,
            DesiredCount = spec.Scale.Min,
            MinHealthyPercent = 100,
            MaxHealthyPercent = 200,
            CircuitBreaker = new DeploymentCircuitBreaker { Enable = true, Rollback = true },
            AssignPublicIp = false,
            EnableExecuteCommand = false,
            PropagateTags = PropagatedTagSource.SERVICE,
            SecurityGroups = [spec.Group],
            VpcSubnets = SubnetGroups.In(spec.Subnets),
            ServiceConnectConfiguration = Connect(spec, cluster, task),
        });
    }

    public ServiceSpec Spec { get; }

    public FargateService Service { get; }

    /// <summary>StatusService is served under a name; the others can reach it by that.</summary>
    private static ServiceConnectProps Connect(ServiceSpec spec, ICluster cluster, ServiceTask task) => new()
    {
        Namespace = cluster.DefaultCloudMapNamespace!.NamespaceArn,
        LogDriver = LogDriver.AwsLogs(new AwsLogDriverProps { LogGroup = task.Log, StreamPrefix = "connect", Mode = AwsLogDriverMode.NON_BLOCKING }),
        Services = spec.ServesInternalApi
            ? [new ServiceConnectService { PortMappingName = ServiceTask.InternalPort, DnsName = ServiceSpecs.InternalHost, Port = Ports.Internal }]
            : null,
    };
}
