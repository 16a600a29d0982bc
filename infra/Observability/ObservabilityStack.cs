using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.CloudWatch.Actions;
using Waybill.Infra.Data;
using Waybill.Infra.Deployment;
using Waybill.Infra.Network;
using Waybill.Infra.Services;

namespace Waybill.Infra.Observability;

/// <summary>Alarms and the dashboard; it can be deleted and made anew without anything being lost.</summary>
internal sealed class ObservabilityStack : WaybillStack
{
    public ObservabilityStack(App app, Settings settings, DataStack data, NetworkStack network, ServicesStack services)
        : base(app, "WaybillObservability", "Waybill: alarms and dashboard", settings, isLasting: false)
    {
        var notify = new SnsAction(AlarmTopic.Create(this, settings, data.Key));
        var alarms = new Alarms(services, network).All.Select(Create).ToArray();

        foreach (var alarm in alarms)
        {
            alarm.AddAlarmAction(notify);
            alarm.AddOkAction(notify);
        }

        WaybillDashboard.Create(this, services, alarms);
    }

    private Alarm Create(AlarmSpec spec) => new(this, spec.Name, new AlarmProps
    {
        AlarmName = $"waybill-{spec.Name}",
        AlarmDescription = $"{spec.What} What to do: docs/runbooks/{spec.Runbook}.md",
        Metric = spec.Metric,
        Threshold = spec.Threshold,
        ComparisonOperator = spec.Comparison,
        EvaluationPeriods = spec.Periods,
        TreatMissingData = spec.Missing,
    });
}
