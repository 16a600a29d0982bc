using Amazon;
using Aspire.Hosting.AWS;
using Waybill.LocalAws;

namespace Waybill.AppHost.Local;

/// <summary>
/// Compiled only with PublishedPackages=true: the one place that uses Aspire.Hosting.AWS, which is left out otherwise.
/// The dashboard then shows the SDK configuration with each service.
/// </summary>
internal static partial class LocalResources
{
    static partial void UseSdkConfiguration(IResourceBuilder<ProjectResource> project)
    {
        IAWSSDKConfig configuration = project.ApplicationBuilder.AddAWSSDKConfig()
            .WithRegion(RegionEndpoint.GetBySystemName(LocalBackends.Region));

        project.WithReference(configuration);
    }
}
