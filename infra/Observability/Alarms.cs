using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.ElasticLoadBalancingV2;
using Waybill.Infra.Deployment;
using Waybill.Infra.Network;
using Waybill.Infra.Services;
using MetricOptions = Amazon.CDK.AWS.CloudWatch.MetricOptions;

namespace Waybill.Infra.Observability;

/// <summary>Every alarm of a deployment. Each says something that a person should act on, and nothing else is an alarm.</summary>
internal sealed class Alarms(ServicesStack services, NetworkStack network)
{
    public IReadOnlyList<AlarmSpec> All =>
    [
        new("dead-letters", "dead-letters", "A message was given to workers five times, and none could deal with it.", Metrics.DeadLetters, 0, 1),
        new("queue-age", "queue-age", "Messages wait in the queue for more than two minutes.", Metrics.Queue("ApproximateAgeOfOldestMessage"), 120, 5),
        new("dispatcher-lag", "dispatcher-lag", "What is due is sent more than a minute late, or not at all.", Metrics.DispatcherLag, 60, 5)
        {
            Missing = TreatMissingData.BREACHING,
        },
        new("read-throttles", "throttles", "DynamoDB refuses reads as too many.", Metrics.ReadThrottles, 0, 3),
        new("write-throttles", "throttles", "DynamoDB refuses writes as too many.", Metrics.WriteThrottles, 0, 3),
        new("failed-attempts", "failed-attempts", "More than half of all calls to receivers fail.", Metrics.FailedAttempts, 50, 1),

        // One by one they go for reasons of their own, and a customer that leaves has a few of them. More than ten in one hour have one cause: a receiver that many
        // of them share, or a way out that broke as many days ago as it takes to give an endpoint up.
        new("endpoints-disabled", "endpoints-disabled", "More than ten endpoints were disabled within an hour, as they fail or are gone.", Metrics.EndpointsGivenUp, 10, 1),
        new("load-balancer-errors", "server-errors", "The load balancer finds no service to answer.", LoadBalancerErrors, 10, 3),
        .. OfApi(ServiceName.Intake, services.IntakeApi.TargetGroup, seconds: 1),
        .. OfApi(ServiceName.Status, services.StatusApi.TargetGroup, seconds: 2),
        new("worker-unhealthy", "unhealthy-tasks", "Fewer workers run than should.", Metrics.RunningTasks(ServiceName.Worker), services.Worker.Spec.Scale.Min, 5)
        {
            Comparison = ComparisonOperator.LESS_THAN_THRESHOLD,
            Missing = TreatMissingData.BREACHING,
        },
    ];

    private IMetric LoadBalancerErrors => network.LoadBalancer.Metrics.HttpCodeElb(HttpCodeElb.ELB_5XX_COUNT, Every("Sum"));

    /// <param name="seconds">How long the slowest hundredth of the answers may take.</param>
    private static IEnumerable<AlarmSpec> OfApi(ServiceName service, ApplicationTargetGroup targets, double seconds)
    {
        var name = service.Text();
        var errors = targets.Metrics.HttpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, Every("Sum"));

        yield return new($"{name}-errors", "server-errors", $"The {name} service answers with 5xx.", errors, 10, 3);
        yield return new($"{name}-latency", "latency", $"One answer of {name} in a hundred takes more than {seconds} s.", targets.Metrics.TargetResponseTime(Every("p99")), seconds, 5);
        yield return new($"{name}-unhealthy", "unhealthy-tasks", $"A task of {name} does not pass its health check.", targets.Metrics.UnhealthyHostCount(Every("Maximum")), 0, 5);
    }

    private static MetricOptions Every(string statistic) => new() { Statistic = statistic, Period = Duration.Minutes(1) };
}
