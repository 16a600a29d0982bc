using Amazon.CDK;
using Amazon.CDK.AWS.ApplicationAutoScaling;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.ElasticLoadBalancingV2;

namespace Waybill.Infra.Services;

/// <summary>Scales a service with a public API on CPU and on requests, whichever asks for more.</summary>
internal static class WebScaling
{
    private static readonly Duration OutPause = Duration.Seconds(Sizes.OutPauseSeconds);
    private static readonly Duration InPause = Duration.Seconds(Sizes.InPauseSeconds);

    public static void AddTo(WaybillService service, ApplicationTargetGroup targets)
    {
        var tasks = service.Service.AutoScaleTaskCount(new EnableScalingProps { MinCapacity = service.Spec.Scale.Min, MaxCapacity = service.Spec.Scale.Max });

        tasks.ScaleOnCpuUtilization("Cpu", new CpuUtilizationScalingProps
        {
            TargetUtilizationPercent = Sizes.CpuPercent,
            ScaleOutCooldown = OutPause,
            ScaleInCooldown = InPause,
        });

        tasks.ScaleOnRequestCount("Requests", new RequestCountScalingProps
        {
            TargetGroup = targets,
            RequestsPerTarget = Sizes.RequestsPerTask,
            ScaleOutCooldown = OutPause,
            ScaleInCooldown = InPause,
        });
    }
}
