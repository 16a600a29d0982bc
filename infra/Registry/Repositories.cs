using Waybill.Infra.Deployment;

namespace Waybill.Infra.Registry;

/// <summary>Names of the image repositories.</summary>
internal static class Repositories
{
    /// <summary>A copy of the OpenTelemetry collector, so that starting a task does not depend on a public registry.</summary>
    public const string Collector = "waybill/collector";

    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<ServiceName>().Select(Of), Collector];

    public static string Of(ServiceName service) => $"waybill/{service.Text()}";
}
