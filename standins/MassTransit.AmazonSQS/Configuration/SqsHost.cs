using MassTransit.Transports;

namespace MassTransit.AmazonSqsTransport.Configuration;

/// <summary>The bus at run time: stops the endpoints first, the connection last.</summary>
internal sealed class SqsHost(SqsHostConfiguration configuration, IBusTopology topology)
    : BaseHost(configuration, topology), IHost<IAmazonSqsReceiveEndpointConfigurator>
{
    public override HostReceiveEndpointHandle ConnectReceiveEndpoint(
        IEndpointDefinition definition, IEndpointNameFormatter? endpointNameFormatter, Action<IReceiveEndpointConfigurator>? configureEndpoint = null)
        => ConnectReceiveEndpoint(definition, endpointNameFormatter, (Action<IAmazonSqsReceiveEndpointConfigurator>?)configureEndpoint);

    public override HostReceiveEndpointHandle ConnectReceiveEndpoint(
        string queueName, Action<IReceiveEndpointConfigurator>? configureEndpoint = null)
        => ConnectReceiveEndpoint(queueName, (Action<IAmazonSqsReceiveEndpointConfigurator>?)configureEndpoint);

    public HostReceiveEndpointHandle ConnectReceiveEndpoint(
        IEndpointDefinition definition,
        IEndpointNameFormatter? endpointNameFormatter = null,
        Action<IAmazonSqsReceiveEndpointConfigurator>? configureEndpoint = null)
    {
        var queueName = definition.GetEndpointName(endpointNameFormatter ?? DefaultEndpointNameFormatter.Instance);

        return ConnectReceiveEndpoint(queueName, endpoint => configuration.Configure(endpoint, definition, configureEndpoint));
    }

    public HostReceiveEndpointHandle ConnectReceiveEndpoint(
        string queueName, Action<IAmazonSqsReceiveEndpointConfigurator>? configureEndpoint = null)
    {
        LogContext.SetCurrentIfNull(configuration.LogContext);

        var endpoint = configuration.Create(queueName, configureEndpoint);
        endpoint.Validate().ThrowIfContainsFailure("The receive endpoint configuration is invalid:");
        endpoint.Build(this);

        return ReceiveEndpoints.Start(queueName);
    }

    protected override void Probe(ProbeContext context) => context.Set(new { Type = "AmazonSQS", configuration.HostAddress });

    protected override IAgent[] GetAgentHandles() => [configuration.Connection];
}
