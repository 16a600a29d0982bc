using Amazon.CDK;
using Amazon.CDK.AWS.ApplicationAutoScaling;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.ElasticLoadBalancingV2;

namespace Waybill.Infra.Services;

/// <summary>Scales a service with a public API on CPU and on requests, whichever asks for more.</summary>
internal static class WebScaling
{
    private const int CpuPercent = 60;

    /// <summary>Requests a minute for each task: 100 a second, of which CPU leaves the judgement what they cost.</summary>
    private const int RequestsPerTask = 6000;

    private static readonly Duration OutPause = Duration.Seconds(60);
    private static readonly Duration InPause = Duration.Minutes(5);

    public static void AddTo(WaybillService service, ApplicationTargetGroup targets)
    {
        var tasks = service.Service.AutoScaleTaskCount(new EnableScalingProps { MinCapacity = service.Spec.Scale.Min, MaxCapacity = service.Spec.Scale.Max });

        tasks.ScaleOnCpuUtilization("Cpu", new CpuUtilizationScalingProps
        {
            TargetUtilizationPercent = CpuPercent,
            ScaleOutCooldown = OutPause,
            ScaleInCooldown = InPause,
        });

        tasks.ScaleOnRequestCount("Requests", new RequestCountScalingProps
        {
            TargetGroup = targets,
            RequestsPerTarget = RequestsPerTask,
            ScaleOutCooldown = OutPause,
            ScaleInCooldown = InPause,
        });
    }
}
