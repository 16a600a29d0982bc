using System.Text.RegularExpressions;
using Waybill.Infra.Tests.Services;
using Waybill.Infra.Tests.Support;
using Waybill.Notifications.Telemetry;

namespace Waybill.Infra.Tests.Observability;

/// <summary>Rules out an alarm on a metric that the collector does not pass on, and a collector that listens to others.</summary>
[Collection(DeployedCollection.Name)]
public sealed partial class CollectorTests(DeployedFixture deployed)
{
    private string Configuration => Tasks.Environment(Collector)["AOT_CONFIG_CONTENT"];

    private System.Text.Json.Nodes.JsonObject Collector =>
        Tasks.Containers(deployed.Waybill.OfType("AWS::ECS::TaskDefinition").First()).Single(container => Tasks.Name(container) == "collector");

    [Fact]
    public void Traces_go_to_X_Ray_and_metrics_and_logs_to_CloudWatch() => Assert.All(
        ["exporters: [awsxray]", "exporters: [awsemf]", "exporters: [awscloudwatchlogs]"],
        exporters => Assert.Contains(exporters, Configuration, StringComparison.Ordinal));

    [Fact]
    public void It_listens_on_loopback_alone() => Assert.All(Endpoint().Matches(Configuration), endpoint => Assert.Equal("127.0.0.1", endpoint.Groups[1].Value));

    [Fact]
    public void The_services_send_to_where_it_listens() =>
        Assert.Contains(Tasks.Environment(Tasks.Service(deployed.Waybill, "intake"))["OTEL_EXPORTER_OTLP_ENDPOINT"]["http://".Length..], Configuration, StringComparison.Ordinal);

    [Fact]
    public void Every_variable_that_it_names_is_given_to_it()
    {
        var named = Variable().Matches(Configuration).Select(match => match.Groups[1].Value).Distinct();
        Assert.Subset(Tasks.Environment(Collector).Keys.ToHashSet(), named.ToHashSet());
    }

    [Fact]
    public void Every_metric_of_Waybill_that_an_alarm_looks_at_is_passed_on()
    {
        var used = deployed.Waybill.OfType("AWS::CloudWatch::Alarm")
            .SelectMany(alarm => MetricName().Matches(alarm.Properties.ToJsonString()))
            .Select(match => match.Groups[1].Value)
            .Distinct()
            .ToArray();

        Assert.Equal([WaybillTelemetry.Attempts, WaybillTelemetry.DispatcherLag, WaybillTelemetry.EndpointsChanged], used.Order());
        Assert.All(used, metric => Assert.Contains($"\"^{metric.Replace(".", @"\\.", StringComparison.Ordinal)}$\"", Configuration, StringComparison.Ordinal));
        Assert.Contains($"[Service, {WaybillTelemetry.Category}]", Configuration, StringComparison.Ordinal);
        Assert.Contains($"[Service, {WaybillTelemetry.EndpointReason}]", Configuration, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"endpoint: ([0-9.]+):")]
    private static partial Regex Endpoint();

    [GeneratedRegex(@"\$\{env:(\w+)\}")]
    private static partial Regex Variable();

    [GeneratedRegex("\"MetricName\":\"(waybill[a-z.]+)\"")]
    private static partial Regex MetricName();
}
