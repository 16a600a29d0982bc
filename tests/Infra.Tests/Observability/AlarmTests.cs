using System.Text.RegularExpressions;
using Waybill.Infra.Tests.Support;
using Waybill.Notifications.Storage;
using Waybill.TestSupport;

namespace Waybill.Infra.Tests.Observability;

/// <summary>Rules out trouble that nobody hears of, and an alarm that leaves people alone with it.</summary>
[Collection(DeployedCollection.Name)]
public sealed partial class AlarmTests(DeployedFixture deployed)
{
    private IEnumerable<Resource> Alarms => deployed.Waybill.OfType("AWS::CloudWatch::Alarm");

    [Fact]
    public void These_are_the_alarms() => Assert.Equal(
    [
        "waybill-dead-letters > 0 1x",
        "waybill-dispatcher-lag > 60 5x",
        "waybill-endpoints-disabled > 10 1x",
        "waybill-failed-attempts > 50 1x",
        "waybill-intake-errors > 10 3x",
        "waybill-intake-latency > 1 5x",
        "waybill-intake-unhealthy > 0 5x",
        "waybill-load-balancer-errors > 10 3x",
        "waybill-queue-age > 120 5x",
        "waybill-read-throttles > 0 3x",
        "waybill-status-errors > 10 3x",
        "waybill-status-latency > 2 5x",
        "waybill-status-unhealthy > 0 5x",
        "waybill-worker-unhealthy < 2 5x",
        "waybill-write-throttles > 0 3x",
    ], Alarms.Select(Print).Order());

    [Fact]
    public void Every_alarm_tells_somebody_when_it_begins_and_when_it_ends() => Assert.All(Alarms, alarm =>
    {
        Assert.NotEmpty(alarm["AlarmActions"]!.AsArray());
        Assert.NotEmpty(alarm["OKActions"]!.AsArray());
    });

    [Fact]
    public void Alarms_go_to_the_mail_address_of_the_deployment() =>
        Assert.Equal("operators@example.com", Assert.Single(deployed.Waybill.OfType("AWS::SNS::Subscription")).Text("Endpoint"));

    [Fact]
    public void Every_alarm_leads_to_a_runbook_that_names_it() => Assert.All(Alarms, alarm =>
    {
        var path = RunbookPath().Match(alarm.Text("AlarmDescription")).Value;
        var runbook = Path.Combine(Repository.Root, path);

        Assert.True(File.Exists(runbook), $"{alarm.Text("AlarmName")} leads to {path}, which is not there.");
        Assert.Contains($"`{alarm.Text("AlarmName")}`", File.ReadAllText(runbook), StringComparison.Ordinal);
    });

    [Fact]
    public void Every_runbook_is_that_of_an_alarm()
    {
        var used = Alarms.Select(alarm => RunbookPath().Match(alarm.Text("AlarmDescription")).Value).Distinct();
        var there = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs/runbooks"), "*.md").Select(file => $"docs/runbooks/{Path.GetFileName(file)}");

        Assert.Equal(used.Order(), there.Order());
    }

    [Theory]
    [InlineData("waybill-dispatcher-lag")]
    [InlineData("waybill-worker-unhealthy")]
    public void Silence_is_an_alarm_where_there_is_always_something_to_report(string name) =>
        Assert.Equal("breaching", Assert.Single(Alarms, alarm => alarm.Text("AlarmName") == name).Text("TreatMissingData"));

    /// <summary>CloudWatch's limit for an alarm on several; those of throttles have one of the table and one of each index.</summary>
    [Fact]
    public void No_alarm_looks_at_more_than_ten_metrics() => Assert.All(Alarms, alarm =>
        Assert.InRange((alarm["Metrics"]?.AsArray() ?? []).Count(metric => metric!["MetricStat"] is not null), 0, 10));

    [Theory]
    [InlineData("waybill-read-throttles", "ReadThrottleEvents")]
    [InlineData("waybill-write-throttles", "WriteThrottleEvents")]
    public void Throttles_are_seen_of_the_table_and_of_every_index(string name, string metric)
    {
        var looked = Assert.Single(Alarms, alarm => alarm.Text("AlarmName") == name)["Metrics"]!.AsArray()
            .Select(each => each!["MetricStat"]?["Metric"])
            .Where(each => each is not null)
            .Select(each => $"{each!["MetricName"]} {each["Dimensions"]!.AsArray().FirstOrDefault(dimension => (string?)dimension!["Name"] == "GlobalSecondaryIndexName")?["Value"]}");

        Assert.Equal([$"{metric} ", .. TableDefinition.Indexes.Select(index => $"{metric} {index.Name}")], looked);
    }

    [Fact]
    public void Logs_are_kept_for_a_time_that_is_written_down()
    {
        var kept = deployed.Waybill.OfType("AWS::Logs::LogGroup").Select(group => $"{group.Text("LogGroupName")} {group.Text("RetentionInDays")}");
        Assert.Equal(["/waybill/intake 30", "/waybill/metrics 7", "/waybill/network 30", "/waybill/status 30", "/waybill/worker 30"], kept.Order());
    }

    [Fact]
    public void There_is_one_dashboard_and_it_shows_the_alarms()
    {
        var dashboard = Assert.Single(deployed.Waybill.OfType("AWS::CloudWatch::Dashboard"));
        Assert.Contains("\\\"type\\\":\\\"alarm\\\"", dashboard["DashboardBody"]!.ToJsonString().Replace("\\u0022", "\\\"", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static string Print(Resource alarm)
    {
        var sign = alarm.Text("ComparisonOperator") == "LessThanThreshold" ? '<' : '>';
        return $"{alarm.Text("AlarmName")} {sign} {alarm.Text("Threshold")} {alarm.Text("EvaluationPeriods")}x";
    }

    [GeneratedRegex(@"docs/runbooks/[a-z-]+\.md")]
    private static partial Regex RunbookPath();
}
