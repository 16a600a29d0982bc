using System.Text.Json.Nodes;
using Waybill.DeliveryWorker.Delivery;
using Waybill.Infra.Services;
using Waybill.Infra.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.Infra.Tests.Services;

/// <summary>Rules out a container that runs as root, writes to its image, is another image than was tested, or is killed in mid-delivery.</summary>
[Collection(DeployedCollection.Name)]
public sealed class TaskTests(DeployedFixture deployed)
{
    private IEnumerable<JsonObject> Containers => deployed.Waybill.OfType("AWS::ECS::TaskDefinition").SelectMany(Tasks.Containers);

    [Fact]
    public void Each_of_the_three_services_runs_with_a_collector_beside_it() => Assert.Equal(
        ["collector intake", "collector status", "collector worker"],
        deployed.Waybill.OfType("AWS::ECS::TaskDefinition").Select(task => string.Join(' ', Tasks.Containers(task).Select(Tasks.Name).Order())).Order());

    [Fact]
    public void Every_image_is_named_by_its_digest() => Assert.All(Containers, container => Assert.EndsWith($"@{Deployed.Digest}", Resource.Plain(container["Image"]), StringComparison.Ordinal));

    [Fact]
    public void No_container_runs_as_root_writes_to_its_image_or_has_a_privilege() => Assert.All(Containers, container =>
    {
        Assert.NotEqual("0", (string?)container["User"]);
        Assert.NotNull(container["User"]);
        Assert.True((bool?)container["ReadonlyRootFilesystem"]);
        Assert.Null(container["Privileged"]);
        Assert.Equal("""{"Drop":["ALL"]}""", container["LinuxParameters"]!["Capabilities"]!.ToJsonString());
    });

    [Fact]
    public void The_user_of_the_task_is_the_user_of_the_image()
    {
        var targets = File.ReadAllText(Path.Combine(Repository.Root, "infra/Images/Container.targets"));

        Assert.All(Containers.Where(container => Tasks.Name(container) != "collector"), container =>
            Assert.Contains($"<ContainerUser>{container["User"]}</ContainerUser>", targets, StringComparison.Ordinal));
    }

    [Fact]
    public void A_worker_is_granted_more_time_to_stop_than_its_drain_takes()
    {
        var worker = Tasks.Service(deployed.Waybill, "worker");
        var drain = Tasks.Environment(worker)["Delivery__DrainSeconds"];

        Assert.Equal(new DeliveryOptions().DrainSeconds, int.Parse(drain, System.Globalization.CultureInfo.InvariantCulture));
        Assert.InRange((int)worker["StopTimeout"]!, ServiceSpecs.DrainSeconds + 10, 120);
    }

    /// <summary>What intake accepts the others must know: an old status service has no such call, and an old worker signs an event with the wrong secret.</summary>
    [Fact]
    public void A_release_comes_to_the_status_service_first_then_to_workers_and_to_intake_last()
    {
        Assert.Equal(["status"], ServicesBefore("worker"));
        Assert.Equal(["status", "worker"], ServicesBefore("intake"));
        Assert.Empty(ServicesBefore("status"));

        IEnumerable<string> ServicesBefore(string name)
        {
            var after = Assert.Single(deployed.Waybill.OfType("AWS::ECS::Service"), service => service.Text("ServiceName") == name).Json["DependsOn"];
            var ids = (after?.AsArray() ?? []).Select(id => (string)id!).ToHashSet();
            return deployed.Waybill.OfType("AWS::ECS::Service").Where(service => ids.Contains(service.Id)).Select(service => service.Text("ServiceName")).Order();
        }
    }

    [Theory]
    [InlineData("intake")]
    [InlineData("status")]
    public void A_web_service_is_granted_more_time_to_stop_than_its_requests_get(string name) =>
        Assert.InRange((int)Tasks.Service(deployed.Waybill, name)["StopTimeout"]!, 31, 120);

    [Fact]
    public void Every_container_is_asked_whether_it_is_alive() => Assert.All(Containers, container =>
    {
        var command = container["HealthCheck"]!["Command"]!.AsArray().Select(part => (string)part!);
        var expected = Tasks.Name(container) == "collector" ? "CMD /healthcheck" : "CMD dotnet /app/HealthProbe.dll http://127.0.0.1:8080/alive";

        Assert.Equal(expected, string.Join(' ', command));
    });

    [Fact]
    public void The_load_balancer_asks_whether_a_task_may_take_traffic() =>
        Assert.All(deployed.Waybill.OfType("AWS::ElasticLoadBalancingV2::TargetGroup"), targets => Assert.Equal("/health", targets.Text("HealthCheckPath")));

    [Fact]
    public void A_release_that_does_not_become_healthy_is_rolled_back_while_the_old_one_serves() => Assert.All(deployed.Waybill.OfType("AWS::ECS::Service"), service =>
    {
        var deployment = service["DeploymentConfiguration"]!;

        Assert.Equal("""{"Enable":true,"Rollback":true}""", deployment["DeploymentCircuitBreaker"]!.ToJsonString());
        Assert.Equal(100, (int)deployment["MinimumHealthyPercent"]!);
        Assert.True((int)service["DesiredCount"]! >= 2);
    });

    [Fact]
    public void Only_the_internal_API_is_reached_by_name_and_its_proxy_repeats_no_request()
    {
        var served = deployed.Waybill.OfType("AWS::ECS::Service")
            .Select(service => (Name: service.Text("ServiceName"), Connect: service["ServiceConnectConfiguration"]!))
            .Where(service => service.Connect["Services"] is not null);

        var status = Assert.Single(served);
        Assert.Equal("status", status.Name);
        Assert.Equal("""[{"ClientAliases":[{"DnsName":"status","Port":5112}],"PortName":"internal"}]""", status.Connect["Services"]!.ToJsonString());
        Assert.All(Tasks.Service(deployed.Waybill, "status")["PortMappings"]!.AsArray(), mapping => Assert.Null(mapping!["AppProtocol"]));
    }

    [Fact]
    public void The_limits_of_the_containers_leave_room_for_the_proxy() => Assert.All(deployed.Waybill.OfType("AWS::ECS::TaskDefinition"), task =>
    {
        var limits = Tasks.Containers(task).Sum(container => (int)container["Memory"]!);
        Assert.InRange(limits, 1, int.Parse(task.Text("Memory"), System.Globalization.CultureInfo.InvariantCulture) - 64);
    });
}
