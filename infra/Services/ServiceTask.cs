using Amazon.CDK;
using Amazon.CDK.AWS.ECR;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Logs;
using Constructs;
using Waybill.Infra.Deployment;
using Waybill.Infra.Network;
using Waybill.Infra.Permissions;
using Waybill.Infra.Registry;
using HealthCheck = Amazon.CDK.AWS.ECS.HealthCheck;

namespace Waybill.Infra.Services;

/// <summary>A task of one service: the service, its collector, and the two roles.</summary>
internal sealed class ServiceTask
{
    /// <summary>The name of the port that Service Connect serves.</summary>
    public const string InternalPort = "internal";

    /// <summary>The user named app in .NET's images.</summary>
    private const string User = "1654";

    /// <summary>The rest is for the collector and for the proxy of Service Connect.</summary>
    private const int ServiceMemoryMiB = 768;

    public ServiceTask(Construct scope, Settings settings, ServiceSpec spec, string collectorDigest, IKey key)
    {
        var names = new FixedNames(settings);
        Log = LogGroups.Of(scope, spec.Name, key);

        Definition = new FargateTaskDefinition(scope, "Task", new FargateTaskDefinitionProps
        {
            Family = $"waybill-{spec.Name.Text()}",
            Cpu = Sizes.TaskCpu,
            MemoryLimitMiB = Sizes.TaskMemoryMiB,
            RuntimePlatform = new RuntimePlatform
            {
                CpuArchitecture = settings.Architecture == "x64" ? CpuArchitecture.X86_64 : CpuArchitecture.ARM64,
                OperatingSystemFamily = OperatingSystemFamily.LINUX,
            },
            TaskRole = ServiceRole.Create(
                scope,
                "TaskRole",
                names,
                $"Waybill: what {spec.Name.Text()} may do",
                FixedNames.TaskRoleName(spec.Name),
                [.. spec.Permissions, .. TelemetryPermissions.Of(names, spec.Name)]),
            ExecutionRole = ServiceRole.Create(
                scope,
                "StartRole",
                names,
                $"Waybill: how a task of {spec.Name.Text()} starts",
                null,
                ExecutionPermissions.Of(names, spec, key.KeyArn)),
        });

        var service = AddService(scope, spec, settings);
        var collector = Collector.AddTo(Definition, Repository(scope, Repositories.Collector), collectorDigest, spec, settings, Log);

        // Started before the service and stopped after it, so that no telemetry is lost at either end.
        service.AddContainerDependencies(new ContainerDependency { Container = collector, Condition = ContainerDependencyCondition.START });
    }

    public ILogGroup Log { get; }

    public FargateTaskDefinition Definition { get; }

    private ContainerDefinition AddService(Construct scope, ServiceSpec spec, Settings settings) => Definition.AddContainer(spec.Name.Text(), new ContainerDefinitionOptions
    {
        Image = ContainerImage.FromEcrRepository(Repository(scope, Repositories.Of(spec.Name)), spec.Digest),
        Essential = true,
        MemoryLimitMiB = ServiceMemoryMiB,
        ReadonlyRootFilesystem = true,
        User = User,
        LinuxParameters = Hardening.Of(Definition, "ServiceLinux"),
        StopTimeout = Duration.Seconds(spec.StopSeconds),
        Environment = ServiceEnvironment.Of(spec, settings),
        Secrets = spec.Secrets.ToDictionary(entry => entry.Key, entry => Secret.FromSecretsManager(entry.Value.Secret, entry.Value.Field)),
        PortMappings = [.. PortMappings(spec)],
        HealthCheck = Alive,
        Logging = LogDriver.AwsLogs(new AwsLogDriverProps { LogGroup = Log, StreamPrefix = "console", Mode = AwsLogDriverMode.NON_BLOCKING }),
    });

    /// <summary>
    /// Whether the process answers at all; a task that does not is replaced. Whether it may take traffic is the load balancer's question to
    /// <c>/health</c>. The image has no shell, so a small program of ours asks.
    /// </summary>
    private static HealthCheck Alive => new()
    {
        Command = ["CMD", "dotnet", "/app/HealthProbe.dll", $"http://127.0.0.1:{Ports.Public}/alive"],
        Interval = Duration.Seconds(15),
        Timeout = Duration.Seconds(5),
        Retries = 3,
        StartPeriod = Duration.Seconds(30),
    };

    private static IEnumerable<PortMapping> PortMappings(ServiceSpec spec)
    {
        yield return new PortMapping { Name = "public", ContainerPort = Ports.Public };

        if (spec.ServesInternalApi)
        {
            // Without a protocol of HTTP the proxy passes connections on and repeats nothing: a repeated transition would be refused as someone else's.
            yield return new PortMapping { Name = InternalPort, ContainerPort = Ports.Internal };
        }
    }

    private static IRepository Repository(Construct scope, string name) =>
        Amazon.CDK.AWS.ECR.Repository.FromRepositoryName(scope, $"Repository{name.Split('/')[^1]}", name);
}
