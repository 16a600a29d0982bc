namespace Waybill.Infra.Deployment;

internal enum ServiceName
{
    Intake,
    Status,
    Worker,
}

internal static class ServiceNameText
{
    /// <summary>As it stands in names of roles, images, log groups and hosts.</summary>
    public static string Text(this ServiceName service) => service switch
    {
        ServiceName.Intake => "intake",
        ServiceName.Status => "status",
        ServiceName.Worker => "worker",
        _ => throw new ArgumentOutOfRangeException(nameof(service), service, "Not a service."),
    };
}
