using MassTransit.AmazonSqsTransport.Configuration;

namespace MassTransit;

public static class AmazonSqsHostConfigurationExtensions
{
    /// <param name="configurator">The bus.</param>
    /// <param name="hostAddress"><c>amazonsqs://region</c>. A path, which the published package takes as a scope, is refused here.</param>
    /// <param name="configure">Credentials and client settings.</param>
    public static void Host(
        this IAmazonSqsBusFactoryConfigurator configurator, Uri hostAddress, Action<IAmazonSqsHostConfigurator> configure)
    {
        var settings = new SqsHostSettings(hostAddress);
        configure(settings);

        ((SqsBusFactoryConfigurator)configurator).Host(settings);
    }

    /// <param name="configurator">The bus.</param>
    /// <param name="hostName">The region's system name, such as <c>eu-central-1</c>.</param>
    /// <param name="configure">Credentials and client settings.</param>
    public static void Host(
        this IAmazonSqsBusFactoryConfigurator configurator, string hostName, Action<IAmazonSqsHostConfigurator> configure)
        => configurator.Host(new UriBuilder("amazonsqs", hostName).Uri, configure);
}
