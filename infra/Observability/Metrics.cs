using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Waybill.Infra.Deployment;
using Waybill.Infra.Services;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Queue;
using Waybill.Notifications.Records;
using Waybill.Notifications.Storage;
using Waybill.Notifications.Telemetry;

namespace Waybill.Infra.Observability;

/// <summary>The metrics that alarms and the dashboard look at, one value a minute.</summary>
internal static class Metrics
{
    public static Metric Queue(string name) => Of("AWS/SQS", name, "Maximum", ("QueueName", QueueDefinition.DefaultName));

    public static Metric DeadLetters =>
        Of("AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum", ("QueueName", QueueDefinition.DeadLetterName(QueueDefinition.DefaultName)));

    /// <summary>How late the latest of the due notifications is, in seconds.</summary>
    public static Metric DispatcherLag => Waybill(WaybillTelemetry.DispatcherLag, "Maximum", ServiceName.Intake);

    public static Metric Attempts => Waybill(WaybillTelemetry.Attempts, "Sum", ServiceName.Worker);

    public static Metric AttemptsOf(DeliveryCategory category) => Of(
        "Waybill", WaybillTelemetry.Attempts, "Sum", ("Service", ServiceName.Worker.Text()), (WaybillTelemetry.Category, category.Text()));

    /// <summary>Percent of the attempts within 15 minutes that failed; none where fewer than a hundred were made.</summary>
    public static MathExpression FailedAttempts => new(new MathExpressionProps
    {
        Expression = "IF(attempts >= 100, 100 * (attempts - FILL(good, 0)) / attempts, 0)",
        Label = "failed attempts, percent",
        Period = Duration.Minutes(15),
        UsingMetrics = new Dictionary<string, IMetric> { ["attempts"] = Attempts, ["good"] = AttemptsOf(DeliveryCategory.Success) },
    });

    public static Metric EndpointsDisabled(string reason) => Of(
        "Waybill", WaybillTelemetry.EndpointsChanged, "Sum", ("Service", ServiceName.Status.Text()), (WaybillTelemetry.EndpointReason, reason));

    /// <summary>Endpoints that Waybill itself has disabled within an hour.</summary>
    public static MathExpression EndpointsGivenUp => new(new MathExpressionProps
    {
        Expression = "FILL(failing, 0) + FILL(gone, 0)",
        Label = "endpoints disabled within an hour",
        Period = Duration.Hours(1),
        UsingMetrics = new Dictionary<string, IMetric>
        {
            ["failing"] = EndpointsDisabled(DisableReasons.Failing),
            ["gone"] = EndpointsDisabled(DisableReasons.Gone),
        },
    });

    public static Metric RunningTasks(ServiceName service) =>
        Of("ECS/ContainerInsights", "RunningTaskCount", "Minimum", ("ClusterName", ServicesStack.ClusterName), ("ServiceName", service.Text()));

    public static Metric Table(string name, string? index = null) => index is null
        ? Of("AWS/DynamoDB", name, "Sum", ("TableName", TableDefinition.DefaultName))
        : Of("AWS/DynamoDB", name, "Sum", ("TableName", TableDefinition.DefaultName), ("GlobalSecondaryIndexName", index));

    /// <summary>Reads that DynamoDB refused as too many, of the table and of each index.</summary>
    public static MathExpression ReadThrottles => Throttles("Read");

    /// <summary>Apart from reads, as CloudWatch adds ten metrics at most for an alarm.</summary>
    public static MathExpression WriteThrottles => Throttles("Write");

    public static MathExpression Sum(string label, Dictionary<string, IMetric> metrics) => new(new MathExpressionProps
    {
        Expression = string.Join(" + ", metrics.Keys.Select(id => $"FILL({id}, 0)")),
        Label = label,
        Period = Duration.Minutes(1),
        UsingMetrics = metrics,
    });

    private static MathExpression Throttles(string kind)
    {
        var name = $"{kind}ThrottleEvents";
        var metrics = new Dictionary<string, IMetric> { [$"table{kind}s"] = Table(name) };

        foreach (var index in TableDefinition.Indexes)
        {
            metrics[$"{index.Name}{kind}s"] = Table(name, index.Name);
        }

        return Sum($"throttled {kind.ToLowerInvariant()}s", metrics);
    }

    private static Metric Waybill(string name, string statistic, ServiceName service) => Of("Waybill", name, statistic, ("Service", service.Text()));

    private static Metric Of(string space, string name, string statistic, params (string Name, string Value)[] dimensions) => new(new MetricProps
    {
        Namespace = space,
        MetricName = name,
        Statistic = statistic,
        Period = Duration.Minutes(1),
        DimensionsMap = dimensions.ToDictionary(dimension => dimension.Name, dimension => dimension.Value),
    });
}
