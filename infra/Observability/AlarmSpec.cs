using Amazon.CDK.AWS.CloudWatch;

namespace Waybill.Infra.Observability;

/// <summary>One alarm, and the page that says what to do.</summary>
/// <param name="Name">In CloudWatch after <c>waybill-</c>.</param>
/// <param name="Runbook">Name of a page in docs/runbooks.</param>
/// <param name="What">What it means, in one sentence.</param>
/// <param name="Metric">One value a minute, unless the metric says otherwise.</param>
/// <param name="Threshold">It is an alarm above it.</param>
/// <param name="Periods">How many values in a row.</param>
internal sealed record AlarmSpec(string Name, string Runbook, string What, IMetric Metric, double Threshold, int Periods)
{
    public ComparisonOperator Comparison { get; init; } = ComparisonOperator.GREATER_THAN_THRESHOLD;

    public TreatMissingData Missing { get; init; } = TreatMissingData.NOT_BREACHING;
}
