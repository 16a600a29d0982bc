using MassTransit.AmazonSqsTransport.Queues;
using MassTransit.Configuration;
using MassTransit.Transports;
using MassTransit.Util;

namespace MassTransit.AmazonSqsTransport.Configuration;

internal sealed class SqsHostConfiguration
    : BaseHostConfiguration<SqsReceiveEndpointConfiguration, IAmazonSqsReceiveEndpointConfigurator>
{
    private readonly SqsBusConfiguration _bus;
    private readonly SqsBusTopology _topology;
    private readonly Recycle<SqsConnection> _connection;
    private SqsHostSettings? _settings;

    public SqsHostConfiguration(SqsBusConfiguration bus, SqsTopology topology) : base(bus)
    {
        _bus = bus;
        _topology = new SqsBusTopology(this, topology);
        _connection = new Recycle<SqsConnection>(() => new SqsConnection(Settings.CreateClient()));
    }

    public SqsHostSettings Settings
    {
        get => _settings ?? throw new ConfigurationException("The host was not configured: call Host or UseDefaultHost");
        set => _settings = value;
    }

    /// <summary>The one connection of the bus; a new one after the bus was stopped and started again.</summary>
    public SqsConnection Connection => _connection.Supervisor;

    public override Uri HostAddress => Settings.HostAddress;

    public override IBusTopology Topology => _topology;

    /// <summary>Sends, too, follow it: what these two exceptions report is tried again for as long as the sender waits.</summary>
    public override IRetryPolicy ReceiveTransportRetryPolicy { get; } = Retry.CreatePolicy(retry =>
    {
        retry.Handle<AmazonSqsTransportException>();
        retry.Handle<AmazonSqsConnectionException>();
        retry.Exponential(1000, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(3));
    });

    public override IReceiveEndpointConfiguration CreateReceiveEndpointConfiguration(
        string queueName, Action<IReceiveEndpointConfigurator>? configure)
        => Create(queueName, _bus.CreateEndpointConfiguration(), configure);

    public SqsReceiveEndpointConfiguration Create(
        string queueName, SqsEndpointConfiguration endpoint, Action<IAmazonSqsReceiveEndpointConfigurator>? configure)
    {
        var configuration = new SqsReceiveEndpointConfiguration(this, queueName, endpoint);
        configure?.Invoke(configuration);

        Observers.EndpointConfigured(configuration);
        Add(configuration);

        return configuration;
    }

    public SqsReceiveEndpointConfiguration Create(string queueName, Action<IAmazonSqsReceiveEndpointConfigurator>? configure)
        => Create(queueName, _bus.CreateEndpointConfiguration(), configure);

    public override void ReceiveEndpoint(string queueName, Action<IAmazonSqsReceiveEndpointConfigurator> configureEndpoint)
        => Create(queueName, configureEndpoint);

    public override void ReceiveEndpoint(
        IEndpointDefinition definition,
        IEndpointNameFormatter? endpointNameFormatter,
        Action<IAmazonSqsReceiveEndpointConfigurator>? configureEndpoint = null)
    {
        var queueName = definition.GetEndpointName(endpointNameFormatter ?? DefaultEndpointNameFormatter.Instance);

        Create(queueName, endpoint => Configure(endpoint, definition, configureEndpoint));
    }

    public void Configure(
        IAmazonSqsReceiveEndpointConfigurator endpoint,
        IEndpointDefinition definition,
        Action<IAmazonSqsReceiveEndpointConfigurator>? configureEndpoint)
    {
        if (definition.IsTemporary)
        {
            throw new NotSupportedException("Temporary queues are not part of this stand-in");
        }

        ApplyEndpointDefinition(endpoint, definition);
        configureEndpoint?.Invoke(endpoint);
    }

    public override IHost Build()
    {
        var host = new SqsHost(this, _topology);

        foreach (var endpoint in GetConfiguredEndpoints())
        {
            endpoint.Build(host);
        }

        return host;
    }

    private sealed class SqsBusTopology(SqsHostConfiguration host, SqsTopology topology) : BusTopology(host, topology);
}
