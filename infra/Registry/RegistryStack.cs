using Amazon.CDK;
using Amazon.CDK.AWS.ECR;
using Waybill.Infra.Deployment;

namespace Waybill.Infra.Registry;

/// <summary>Where the images are. It outlives every release, as roll backs need the images of before.</summary>
internal sealed class RegistryStack : WaybillStack
{
    /// <summary>Releases that can be rolled back to; a deployment names its images by digest, so one that runs is among the last.</summary>
    private const int ImagesKept = 50;

    public RegistryStack(App app, Settings settings)
        : base(app, "WaybillRegistry", "Waybill: image repositories", settings, isLasting: true)
    {
        foreach (var name in Repositories.All)
        {
            var repository = new Repository(this, name.Split('/')[^1], new RepositoryProps
            {
                RepositoryName = name,
                ImageTagMutability = TagMutability.IMMUTABLE,
                ImageScanOnPush = true,
                RemovalPolicy = RemovalPolicy.RETAIN,
            });

            // The library leaves out what is the default; here it is written down.
            ((CfnRepository)repository.Node.DefaultChild!).EncryptionConfiguration = new CfnRepository.EncryptionConfigurationProperty { EncryptionType = "AES256" };

            repository.AddLifecycleRule(new LifecycleRule { Description = "the last releases", MaxImageCount = ImagesKept });
        }
    }
}
