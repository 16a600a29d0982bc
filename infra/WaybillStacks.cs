using Amazon.CDK;
using Waybill.Infra.Data;
using Waybill.Infra.Deployment;
using Waybill.Infra.Network;
using Waybill.Infra.Observability;
using Waybill.Infra.Registry;
using Waybill.Infra.Services;

namespace Waybill.Infra;

/// <summary>
/// The picture of a deployment: five stacks by life cycle, from what outlives everything to what changes with each release.
/// </summary>
internal static class WaybillStacks
{
    /// <summary>
    /// Without image digests the last two stacks are left out: an empty account gets its registry, its data and its network first, and
    /// the images have to be pushed to the registry before anything can run.
    /// </summary>
    public static void AddTo(App app, Settings settings)
    {
        var registry = new RegistryStack(app, settings);
        var data = new DataStack(app, settings);
        var network = new NetworkStack(app, settings, data);

        if (settings.Images is not { } images)
        {
            Console.Error.WriteLine(Images.HowToGiveThem);
            return;
        }

        var services = new ServicesStack(app, settings, images, data, network);
        services.AddDependency(registry, "The images are there.");

        _ = new ObservabilityStack(app, settings, data, network, services);
    }
}
