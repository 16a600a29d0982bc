using Amazon;
using Aspire.Hosting.AWS;
using Waybill.LocalAws;

namespace Waybill.AppHost.Local;

/// <summary>
/// Compiled only with published packages: the one place that uses Aspire.Hosting.AWS, which has no stand-in.
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
