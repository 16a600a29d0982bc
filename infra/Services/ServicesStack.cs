using System.Globalization;
using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.ServiceDiscovery;
using Waybill.Infra.Data;
using Waybill.Infra.Deployment;
using Waybill.Infra.Network;

namespace Waybill.Infra.Services;

/// <summary>What a release changes: the three services.</summary>
internal sealed class ServicesStack : WaybillStack
{
    public const string ClusterName = "waybill";

    public ServicesStack(App app, Settings settings, Images images, DataStack data, NetworkStack network)
        : base(app, "WaybillServices", "Waybill: the three services", settings, isLasting: false)
    {
        var cluster = new Cluster(this, "Cluster", new ClusterProps
        {
            ClusterName = ClusterName,
            Vpc = network.Vpc,
            ContainerInsights = true,
            DefaultCloudMapNamespace = new CloudMapNamespaceOptions { Name = "waybill", Type = NamespaceType.HTTP, UseForServiceConnect = true },
        });

        var door = settings.FrontDoor;
        var statusUrl = Url(door, door.StatusPort, network);
        var specs = new ServiceSpecs(settings, images, data, network, statusUrl);
        LogGroups.Metrics(this, data.Key);

        Status = new WaybillService(this, settings, specs.Status, images.Collector, cluster, data.Key);
        Intake = new WaybillService(this, settings, specs.Intake, images.Collector, cluster, data.Key);
        Worker = new WaybillService(this, settings, specs.Worker, images.Collector, cluster, data.Key);

        IntakeApi = new PublicApi(Intake, door, door.IntakePort, network);
        StatusApi = new PublicApi(Status, door, door.StatusPort, network);

        WebScaling.AddTo(Intake, IntakeApi.TargetGroup);
        WebScaling.AddTo(Status, StatusApi.TargetGroup);
        BacklogScaling.AddTo(Worker);

        // Service Connect tells a task at its start whom it can reach, so who calls comes after who is called.
        Intake.Node.AddDependency(Status);
        Worker.Node.AddDependency(Status);

        // What intake accepts all others know: no old worker is given what only new ones deliver rightly.
        Intake.Node.AddDependency(Worker);

        _ = new CfnOutput(this, "IntakeUrl", new CfnOutputProps { Value = Url(door, door.IntakePort, network), Description = "Where clients post" });
        _ = new CfnOutput(this, "StatusUrl", new CfnOutputProps { Value = statusUrl, Description = "Where clients read" });
    }

    public WaybillService Intake { get; }

    public WaybillService Status { get; }

    public WaybillService Worker { get; }

    public PublicApi IntakeApi { get; }

    public PublicApi StatusApi { get; }

    private static string Url(FrontDoor door, int port, NetworkStack network) =>
        string.Create(CultureInfo.InvariantCulture, $"{door.Scheme}://{door.Host ?? network.LoadBalancer.LoadBalancerDnsName}:{port}");
}
