using Waybill.Infra.Services;
using Waybill.Infra.Tests.Support;

namespace Waybill.Infra.Tests.Services;

/// <summary>Rules out a service that does not grow with its load.</summary>
[Collection(DeployedCollection.Name)]
public sealed class ScalingTests(DeployedFixture deployed)
{
    [Theory]
    [InlineData("Intake")]
    [InlineData("Status")]
    public void A_web_service_grows_with_CPU_and_with_requests(string service) => Assert.Equal(
        ["ALBRequestCountPerTarget", "ECSServiceAverageCPUUtilization"],
        Policies(service).Select(policy => (string)policy["TargetTrackingScalingPolicyConfiguration"]!["PredefinedMetricSpecification"]!["PredefinedMetricType"]!).Order());

    [Fact]
    public void The_worker_grows_with_the_messages_that_wait_for_each_of_its_tasks()
    {
        var configuration = Assert.Single(Policies("Worker"))["TargetTrackingScalingPolicyConfiguration"]!;
        var metrics = configuration["CustomizedMetricSpecification"]!["Metrics"]!.AsArray();

        Assert.Equal(
            ["ApproximateNumberOfMessagesVisible", "RunningTaskCount", "waiting / IF(tasks > 0, tasks, 1)"],
            metrics.Select(metric => (string?)metric!["Expression"] ?? (string)metric["MetricStat"]!["Metric"]!["MetricName"]!));
        Assert.Equal("backlog", (string?)Assert.Single(metrics, metric => (bool)metric!["ReturnData"]!)!["Id"]);
    }

    /// <summary>docs/scale.md simulates with these.</summary>
    [Fact]
    public void The_worker_is_scaled_with_the_figures_that_were_simulated()
    {
        var configuration = Assert.Single(Policies("Worker"))["TargetTrackingScalingPolicyConfiguration"]!;
        var tasks = Assert.Single(deployed.Waybill.OfType("AWS::ApplicationAutoScaling::ScalableTarget"), target => target.Id.StartsWith("Worker", StringComparison.Ordinal));

        Assert.Equal(Sizes.MessagesPerTask, (int)configuration["TargetValue"]!);
        Assert.Equal(Sizes.OutPauseSeconds, (int)configuration["ScaleOutCooldown"]!);
        Assert.Equal(Sizes.InPauseSeconds, (int)configuration["ScaleInCooldown"]!);
        Assert.Equal((Sizes.LeastTasks, Sizes.MostWorkerTasks), ((int)tasks["MinCapacity"]!, (int)tasks["MaxCapacity"]!));
    }

    [Fact]
    public void There_are_always_two_tasks_of_each() => Assert.All(deployed.Waybill.OfType("AWS::ApplicationAutoScaling::ScalableTarget"), target =>
    {
        Assert.True((int)target["MinCapacity"]! >= 2);
        Assert.True((int)target["MaxCapacity"]! > (int)target["MinCapacity"]!);
    });

    private IEnumerable<Resource> Policies(string service) =>
        deployed.Waybill.OfType("AWS::ApplicationAutoScaling::ScalingPolicy").Where(policy => policy.Id.StartsWith(service, StringComparison.Ordinal));
}
