using System.Globalization;
using Waybill.Infra.Data;
using Waybill.Infra.Deployment;
using Waybill.Infra.Network;

namespace Waybill.Infra.Services;

/// <summary>The three services: settings, secrets, permissions, size. docs/settings.md says what each setting does.</summary>
internal sealed class ServiceSpecs(Settings settings, Images images, DataStack data, NetworkStack network, string statusPublicUrl)
{
    /// <summary>The name by which Service Connect leads to StatusService's internal port.</summary>
    public const string InternalHost = "status";

    /// <summary>Seconds that a worker finishes deliveries in hand: more than the longest attempt (30 s) and its record.</summary>
    public const int DrainSeconds = 45;

    /// <summary>ASP.NET Core lets requests finish for 30 s; its own stop needs a little more.</summary>
    private const int WebStopSeconds = 45;

    /// <summary>The worker's host adds 5 s to its drain; the rest is for the collector to send the last telemetry.</summary>
    private const int WorkerStopSeconds = DrainSeconds + 30;

    /// <summary>ASP.NET Core's own: clients are told apart by the address that the load balancer saw, not by the load balancer's.</summary>
    private const string ForwardedHeaders = "ASPNETCORE_FORWARDEDHEADERS_ENABLED";

    private readonly TaskPermissions _permissions = new(new FixedNames(settings), data.Key.KeyArn);
    private readonly ServiceSecrets _secrets = new(settings, data.Secrets);

    public ServiceSpec Intake => new()
    {
        Name = ServiceName.Intake,
        Digest = images.Intake,
        Group = network.Groups.Intake,
        Subnets = SubnetGroups.Services,
        Environment = new Dictionary<string, string>(InternalApi)
        {
            ["StatusService__PublicUrl"] = statusPublicUrl,
            [ForwardedHeaders] = "true",
        },
        Secrets = _secrets.OfIntake,
        Permissions = _permissions.OfIntake,
        StopSeconds = WebStopSeconds,
        Scale = new Scale(Sizes.LeastTasks, Sizes.MostIntakeTasks),
    };

    public ServiceSpec Status => new()
    {
        Name = ServiceName.Status,
        Digest = images.Status,
        Group = network.Groups.Status,
        Subnets = SubnetGroups.Services,
        Environment = new Dictionary<string, string>(_secrets.InternalKeyNames)
        {
            ["InternalApi__Host"] = "*",
            ["InternalApi__Port"] = Text(Ports.Internal),
            ["StatusService__PublicUrl"] = statusPublicUrl,
            [ForwardedHeaders] = "true",
        },
        Secrets = _secrets.OfStatus,
        Permissions = _permissions.OfStatus,
        StopSeconds = WebStopSeconds,
        Scale = new Scale(Sizes.LeastTasks, Sizes.MostStatusTasks),
        ServesInternalApi = true,
    };

    public ServiceSpec Worker => new()
    {
        Name = ServiceName.Worker,
        Digest = images.Worker,
        Group = network.Groups.Worker,
        Subnets = SubnetGroups.Delivery,
        Environment = new Dictionary<string, string>(InternalApi) { ["Delivery__DrainSeconds"] = Text(DrainSeconds) },
        Secrets = _secrets.OfWorker,
        Permissions = _permissions.OfWorker,
        StopSeconds = WorkerStopSeconds,
        Scale = new Scale(Sizes.LeastTasks, Sizes.MostWorkerTasks),
    };

    private static Dictionary<string, string> InternalApi => new()
    {
        ["StatusService__InternalUrl"] = $"http://{InternalHost}:{Text(Ports.Internal)}",
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
