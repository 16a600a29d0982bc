using MassTransit.Configuration;

namespace MassTransit.AmazonSqsTransport.Configuration;

internal sealed class SqsBusFactoryConfigurator(SqsBusConfiguration bus)
    : BusFactoryConfigurator(bus), IAmazonSqsBusFactoryConfigurator, IBusFactory
{
    public void Host(SqsHostSettings settings) => bus.HostConfiguration.Settings = settings;

    /// <summary>The bus's own endpoint sends, and receives only once something is connected to it; its queue does not exist before.</summary>
    public IReceiveEndpointConfiguration CreateBusEndpointConfiguration(Action<IReceiveEndpointConfigurator> configure)
    {
        var queueName = bus.BusEndpointConfiguration.Topology.Consume.CreateTemporaryQueueName("bus");

        return bus.HostConfiguration.Create(queueName, bus.BusEndpointConfiguration, configure);
    }

    public void ReceiveEndpoint(string queueName, Action<IAmazonSqsReceiveEndpointConfigurator> configureEndpoint)
        => bus.HostConfiguration.ReceiveEndpoint(queueName, configureEndpoint);

    public void ReceiveEndpoint(string queueName, Action<IReceiveEndpointConfigurator> configureEndpoint)
        => bus.HostConfiguration.ReceiveEndpoint(queueName, configureEndpoint);

    public void ReceiveEndpoint(
        IEndpointDefinition definition,
        IEndpointNameFormatter? endpointNameFormatter,
        Action<IAmazonSqsReceiveEndpointConfigurator>? configureEndpoint = null)
        => bus.HostConfiguration.ReceiveEndpoint(definition, endpointNameFormatter, configureEndpoint);

    public void ReceiveEndpoint(
        IEndpointDefinition definition,
        IEndpointNameFormatter? endpointNameFormatter,
        Action<IReceiveEndpointConfigurator>? configureEndpoint = null)
        => bus.HostConfiguration.ReceiveEndpoint(definition, endpointNameFormatter, configureEndpoint);
}
