using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SNS.Subscriptions;
using Constructs;
using Waybill.Infra.Deployment;
using Waybill.Infra.Permissions;

namespace Waybill.Infra.Observability;

/// <summary>Where alarms go, and by mail to whom the deployment names.</summary>
internal static class AlarmTopic
{
    public static Topic Create(Construct scope, Settings settings, IKey key)
    {
        var topic = new Topic(scope, "Alarms", new TopicProps { DisplayName = "Waybill alarms", MasterKey = key, EnforceSSL = true });

        topic.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Sid = "AlarmsOfTheAccount",
            Principals = [new ServicePrincipal("cloudwatch.amazonaws.com")],
            Actions = ["sns:Publish"],
            Resources = [topic.TopicArn],
            Conditions = Condition.Equal("aws:SourceAccount", settings.Account),
        }));

        if (settings.AlarmEmail is { } address)
        {
            topic.AddSubscription(new EmailSubscription(address));
        }

        return topic;
    }
}
