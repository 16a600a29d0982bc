using System.Reflection;
using Amazon.CDK;
using Amazon.CDK.AWS.ECR;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.Logs;
using Waybill.Infra.Deployment;
using HealthCheck = Amazon.CDK.AWS.ECS.HealthCheck;

namespace Waybill.Infra.Services;

/// <summary>The OpenTelemetry collector in each task, configured by collector.yaml. It listens on loopback alone.</summary>
internal static class Collector
{
    /// <summary>Any that is not root; its image names none.</summary>
    private const string User = "10001";

    private const int MemoryMiB = 128;

    public static ContainerDefinition AddTo(TaskDefinition task, IRepository repository, string digest, ServiceSpec spec, Settings settings, ILogGroup log) =>
        task.AddContainer("collector", new ContainerDefinitionOptions
        {
            Image = ContainerImage.FromEcrRepository(repository, digest),
            Essential = false, // Without telemetry the service still serves; the lag alarm sees that metrics have ended.
            MemoryLimitMiB = MemoryMiB,
            ReadonlyRootFilesystem = true,
            User = User,
            LinuxParameters = Hardening.Of(task, "CollectorLinux"),
            Environment = new Dictionary<string, string>
            {
                ["AOT_CONFIG_CONTENT"] = Configuration,
                ["AWS_REGION"] = settings.Region,
                ["WAYBILL_SERVICE"] = spec.Name.Text(),
                ["WAYBILL_LOG_GROUP"] = FixedNames.LogGroupName(spec.Name),
                ["WAYBILL_METRICS_LOG_GROUP"] = LogGroups.MetricsName,
            },
            HealthCheck = new HealthCheck { Command = ["CMD", "/healthcheck"], Interval = Duration.Seconds(15), Timeout = Duration.Seconds(5), Retries = 3 },
            Logging = LogDriver.AwsLogs(new AwsLogDriverProps { LogGroup = log, StreamPrefix = "collector", Mode = AwsLogDriverMode.NON_BLOCKING }),
        });

    private static string Configuration
    {
        get
        {
            using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Waybill.Infra.Services.collector.yaml")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }
}
