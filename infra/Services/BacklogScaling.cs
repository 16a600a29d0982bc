using Amazon.CDK.AWS.ApplicationAutoScaling;
using Waybill.Infra.Deployment;
using Waybill.Notifications.Queue;

namespace Waybill.Infra.Services;

/// <summary>Scales the worker on how many messages wait for each of its tasks.</summary>
internal static class BacklogScaling
{
    public static void AddTo(WaybillService service)
    {
        var tasks = service.Service.AutoScaleTaskCount(new EnableScalingProps { MinCapacity = service.Spec.Scale.Min, MaxCapacity = service.Spec.Scale.Max });
        var target = (ScalableTarget)tasks.Node.FindChild("Target");

        _ = new CfnScalingPolicy(service, "Backlog", new CfnScalingPolicyProps
        {
            PolicyName = "waybill-backlog-per-task",
            PolicyType = "TargetTrackingScaling",
            ScalingTargetId = target.ScalableTargetId,
            TargetTrackingScalingPolicyConfiguration = new CfnScalingPolicy.TargetTrackingScalingPolicyConfigurationProperty
            {
                TargetValue = Sizes.MessagesPerTask,
                ScaleOutCooldown = Sizes.OutPauseSeconds,
                ScaleInCooldown = Sizes.InPauseSeconds,
                CustomizedMetricSpecification = new CfnScalingPolicy.CustomizedMetricSpecificationProperty { Metrics = Metrics(service) },
            },
        });
    }

    private static CfnScalingPolicy.TargetTrackingMetricDataQueryProperty[] Metrics(WaybillService service) =>
    [
        Metric("waiting", "AWS/SQS", "ApproximateNumberOfMessagesVisible", ("QueueName", QueueDefinition.DefaultName)),
        Metric("tasks", "ECS/ContainerInsights", "RunningTaskCount", ("ClusterName", ServicesStack.ClusterName), ("ServiceName", service.Spec.Name.Text())),
        new() { Id = "backlog", Expression = "waiting / IF(tasks > 0, tasks, 1)", Label = "messages per task", ReturnData = true },
    ];

    private static CfnScalingPolicy.TargetTrackingMetricDataQueryProperty Metric(string id, string space, string name, params (string Name, string Value)[] dimensions) => new()
    {
        Id = id,
        ReturnData = false,
        MetricStat = new CfnScalingPolicy.TargetTrackingMetricStatProperty
        {
            Stat = "Average",
            Metric = new CfnScalingPolicy.TargetTrackingMetricProperty
            {
                Namespace = space,
                MetricName = name,
                Dimensions = dimensions
                    .Select(dimension => new CfnScalingPolicy.TargetTrackingMetricDimensionProperty { Name = dimension.Name, Value = dimension.Value })
                    .ToArray(),
            },
        },
    };
}
