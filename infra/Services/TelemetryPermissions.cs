using Waybill.Infra.Deployment;
using Waybill.Infra.Permissions;

namespace Waybill.Infra.Services;

/// <summary>What the collector beside each service does, with the same role, as a task has one.</summary>
internal static class TelemetryPermissions
{
    private static readonly string[] WriteLogs = ["logs:CreateLogStream", "logs:PutLogEvents"];

    public static IReadOnlyList<Permission> Of(FixedNames names, ServiceName service) =>
    [
        new("WriteLogs", WriteLogs, [$"{names.LogGroup(FixedNames.LogGroupName(service))}:*"]),
        new("WriteMetrics", WriteLogs, [$"{names.LogGroup(LogGroups.MetricsName)}:*"]),
        Permission.OnAnything("WriteTraces", "X-Ray has no resource for these actions.", "xray:PutTelemetryRecords", "xray:PutTraceSegments"),
    ];
}
