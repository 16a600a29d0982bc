using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Logs;
using Waybill.Infra.Deployment;

namespace Waybill.Infra.Network;

/// <summary>Records what the network refused, which is where an attack through a worker would be seen first.</summary>
internal static class FlowLogs
{
    public static void AddTo(Vpc vpc, IKey key)
    {
        var log = new LogGroup(vpc, "FlowLogGroup", new LogGroupProps
        {
            LogGroupName = $"{FixedNames.LogPrefix}network",
            EncryptionKey = key,
            Retention = RetentionDays.ONE_MONTH,
            RemovalPolicy = RemovalPolicy.DESTROY,
        });

        vpc.AddFlowLog("Refused", new FlowLogOptions
        {
            Destination = FlowLogDestination.ToCloudWatchLogs(log),
            TrafficType = FlowLogTrafficType.REJECT,
        });
    }
}
