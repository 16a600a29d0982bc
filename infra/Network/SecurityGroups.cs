using Amazon.CDK.AWS.EC2;
using Constructs;

namespace Waybill.Infra.Network;

/// <summary>
/// Who may open a connection to whom, all of it in one place. Groups are closed to rules that the library would add by itself.
/// The load balancer's own ports open with its listeners.
/// </summary>
internal sealed class SecurityGroups
{
    private readonly Construct _scope;
    private readonly IVpc _vpc;

    public SecurityGroups(Construct scope, IVpc vpc)
    {
        _scope = scope;
        _vpc = vpc;

        var loadBalancer = Create("LoadBalancer", "Waybill: public load balancer");
        var intake = Create("Intake", "Waybill: IntakeService");
        var status = Create("Status", "Waybill: StatusService");
        var worker = Create("Worker", "Waybill: DeliveryWorker");

        Connect(loadBalancer, intake, Ports.Public, "public API of intake");
        Connect(loadBalancer, status, Ports.Public, "public API of status");
        Connect(intake, status, Ports.Internal, "internal API");
        Connect(worker, status, Ports.Internal, "internal API");

        intake.AddEgressRule(Peer.AnyIpv4(), Port.Tcp(443), "services of AWS");
        status.AddEgressRule(Peer.AnyIpv4(), Port.Tcp(443), "services of AWS");
        worker.AddEgressRule(Peer.AnyIpv4(), Port.AllTcp(), "receivers, on whatever port; the network ACL takes private networks out");

        LoadBalancer = Close("LoadBalancer", loadBalancer);
        Intake = Close("Intake", intake);
        Status = Close("Status", status);
        Worker = Close("Worker", worker);
    }

    public ISecurityGroup LoadBalancer { get; }

    public ISecurityGroup Intake { get; }

    public ISecurityGroup Status { get; }

    public ISecurityGroup Worker { get; }

    private SecurityGroup Create(string id, string description) =>
        new(_scope, $"{id}Group", new SecurityGroupProps { Vpc = _vpc, Description = description, AllowAllOutbound = false });

    private static void Connect(SecurityGroup from, SecurityGroup to, int port, string what)
    {
        to.AddIngressRule(from, Port.Tcp(port), what);
        from.AddEgressRule(to, Port.Tcp(port), what);
    }

    private ISecurityGroup Close(string id, SecurityGroup group) =>
        SecurityGroup.FromSecurityGroupId(_scope, $"{id}Closed", group.SecurityGroupId, new SecurityGroupImportOptions { Mutable = false });
}
