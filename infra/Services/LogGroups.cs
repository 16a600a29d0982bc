using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Logs;
using Constructs;
using Waybill.Infra.Deployment;

namespace Waybill.Infra.Services;

/// <summary>A log group for each service, and one in which metrics travel.</summary>
internal static class LogGroups
{
    public const string MetricsName = $"{FixedNames.LogPrefix}metrics";

    public static ILogGroup Of(Construct scope, ServiceName service, IKey key) =>
        Create(scope, "LogGroup", FixedNames.LogGroupName(service), key, RetentionDays.ONE_MONTH);

    /// <summary>CloudWatch keeps the metrics made of it for 15 months; the log itself is for looking at other metrics.</summary>
    public static ILogGroup Metrics(Construct scope, IKey key) => Create(scope, "Metrics", MetricsName, key, RetentionDays.ONE_WEEK);

    private static LogGroup Create(Construct scope, string id, string name, IKey key, RetentionDays retention) => new(scope, id, new LogGroupProps
    {
        LogGroupName = name,
        EncryptionKey = key,
        Retention = retention,
        RemovalPolicy = RemovalPolicy.DESTROY,
    });
}
