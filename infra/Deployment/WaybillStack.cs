using Amazon.CDK;

namespace Waybill.Infra.Deployment;

/// <summary>What all stacks share: the fixed environment, so that nothing is looked up, and the tag by which costs are told apart.</summary>
internal abstract class WaybillStack : Stack
{
    protected WaybillStack(App app, string name, string description, Settings settings, bool isLasting)
        : base(app, name, Props(description, settings, isLasting))
    {
        Settings = settings;
        Names = new FixedNames(settings);
        Amazon.CDK.Tags.Of(this).Add("application", "waybill");
    }

    protected Settings Settings { get; }

    protected FixedNames Names { get; }

    /// <param name="isLasting">Whether CloudFormation refuses to delete the stack until told otherwise.</param>
    private static StackProps Props(string description, Settings settings, bool isLasting) => new()
    {
        Description = description,
        Env = new Amazon.CDK.Environment { Account = settings.Account, Region = settings.Region },
        TerminationProtection = isLasting,
        AnalyticsReporting = false,
    };
}
