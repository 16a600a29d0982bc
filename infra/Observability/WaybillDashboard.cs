using Amazon.CDK.AWS.CloudWatch;
using Constructs;
using Waybill.Infra.Deployment;
using Waybill.Infra.Services;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;

namespace Waybill.Infra.Observability;

/// <summary>One page that answers: is anything wrong, what comes in, what goes out, what waits, what is refused.</summary>
internal static class WaybillDashboard
{
    private const int Whole = 24;
    private const int Half = Whole / 2;

    private static readonly string[] Reasons = [DisableReasons.Failing, DisableReasons.Gone, DisableReasons.ByOwner];

    public static void Create(Construct scope, ServicesStack services, IAlarm[] alarms)
    {
        var dashboard = new Dashboard(scope, "Dashboard", new DashboardProps { DashboardName = "waybill" });

        dashboard.AddWidgets(new AlarmStatusWidget(new AlarmStatusWidgetProps { Title = "Alarms", Width = Whole, Height = 4, Alarms = alarms }));
        dashboard.AddWidgets(
            Graph("Requests to intake and status", services.IntakeApi.TargetGroup.Metrics.RequestCount(), services.StatusApi.TargetGroup.Metrics.RequestCount()),
            Graph("Attempts by outcome", [.. DeliveryCategory.Known.Select(category => Metrics.AttemptsOf(category))]));
        dashboard.AddWidgets(
            Graph("Queue: waiting, in flight, dead", Metrics.Queue("ApproximateNumberOfMessagesVisible"), Metrics.Queue("ApproximateNumberOfMessagesNotVisible"), Metrics.DeadLetters),
            Graph("Age of the oldest message and lag of the Dispatcher, seconds", Metrics.Queue("ApproximateAgeOfOldestMessage"), Metrics.DispatcherLag));
        dashboard.AddWidgets(
            Graph("Table: consumed write and read units", Metrics.Table("ConsumedWriteCapacityUnits"), Metrics.Table("ConsumedReadCapacityUnits")),
            Graph("Throttles and failed attempts, percent", Metrics.ReadThrottles, Metrics.WriteThrottles, Metrics.FailedAttempts));
        dashboard.AddWidgets(
            Graph("Endpoints disabled, by reason", [.. Reasons.Select(reason => Metrics.EndpointsDisabled(reason))]));
        dashboard.AddWidgets(
            Graph("Tasks running", [.. Enum.GetValues<ServiceName>().Select(service => Metrics.RunningTasks(service))]),
            Graph("CPU, percent", services.Intake.Service.MetricCpuUtilization(), services.Status.Service.MetricCpuUtilization(), services.Worker.Service.MetricCpuUtilization()));
    }

    private static GraphWidget Graph(string title, params IMetric[] metrics) =>
        new(new GraphWidgetProps { Title = title, Left = metrics, Width = Half, Height = 6 });
}
