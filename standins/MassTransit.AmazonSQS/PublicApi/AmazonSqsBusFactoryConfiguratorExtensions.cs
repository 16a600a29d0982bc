using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using MassTransit.AmazonSqsTransport.Configuration;

namespace MassTransit;

public static class AmazonSqsBusFactoryConfiguratorExtensions
{
    public static void UsingAmazonSqs(
        this IBusRegistrationConfigurator configurator,
        Action<IBusRegistrationContext, IAmazonSqsBusFactoryConfigurator>? configure = null)
        => configurator.SetBusFactory(new SqsRegistrationBusFactory(configure));

    /// <summary>Region and credentials from the SDK's own chain: environment, shared profile, container or instance role.</summary>
    public static void UseDefaultHost(
        this IAmazonSqsBusFactoryConfigurator configurator, Action<IAmazonSqsHostConfigurator>? configure = null)
        => configurator.UseDefaultHost(FallbackRegionFactory.GetRegionEndpoint(), configure);

    public static void UseDefaultHost(
        this IAmazonSqsBusFactoryConfigurator configurator, RegionEndpoint endpoint, Action<IAmazonSqsHostConfigurator>? configure = null)
        => configurator.Host(endpoint.SystemName, host =>
        {
            host.Credentials(DefaultAWSCredentialsIdentityResolver.GetCredentials());
            configure?.Invoke(host);
        });
}
