using Amazon;
using Amazon.Runtime;

namespace Waybill.Hosting.Aws;

/// <summary>The region that the AWS SDK finds where it looks: AWS_REGION, the profile, the metadata of the machine.</summary>
public static class AwsRegion
{
    public const string Missing = "No AWS region is configured: set AWS_REGION, for example to us-east-1.";

    public static RegionEndpoint? Find() => FallbackRegionFactory.GetRegionEndpoint();

    /// <exception cref="InvalidOperationException">There is none; the message names the setting.</exception>
    public static RegionEndpoint Required() => Find() ?? throw new InvalidOperationException(Missing);
}
