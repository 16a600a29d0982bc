using MassTransit.AmazonSqsTransport.Queues;
using MassTransit.AmazonSqsTransport.Receiving;
using MassTransit.Configuration;
using MassTransit.Middleware;
using MassTransit.Transports;

namespace MassTransit.AmazonSqsTransport.Configuration;

internal sealed class SqsReceiveEndpointConfiguration(SqsHostConfiguration host, string queueName, SqsEndpointConfiguration endpoint)
    : ReceiveEndpointConfiguration(host, endpoint), IAmazonSqsReceiveEndpointConfigurator
{
    private readonly SqsReceiveSettings _settings = new(queueName);

    public SqsReceiveSettings Settings => _settings;

    public IDictionary<string, object> QueueAttributes => _settings.QueueAttributes;

    public IDictionary<string, string> QueueTags => _settings.QueueTags;

    public ushort WaitTimeSeconds
    {
        set => _settings.WaitTimeSeconds = value;
    }

    public int RedeliverVisibilityTimeout
    {
        set => _settings.RedeliverVisibilityTimeout = value;
    }

    public TimeSpan MaxVisibilityTimeout
    {
        set => _settings.MaxVisibilityTimeout = value < SqsReceiveSettings.LongestVisibility ? value : SqsReceiveSettings.LongestVisibility;
    }

    public int MaxVisibilityTimeoutRenewal
    {
        set => _settings.MaxVisibilityTimeoutRenewal = Math.Max(value, SqsReceiveSettings.ShortestRenewalLimit);
    }

    public override Uri HostAddress => host.HostAddress;

    public override Uri InputAddress => SqsAddress.Of(host.HostAddress, queueName);

    public override ReceiveEndpointContext CreateReceiveEndpointContext() => CreateContext();

    public void Build(IHost busHost)
    {
        var context = CreateContext();
        var pipe = Pipe.New<SqsContext>(pipe =>
        {
            pipe.UseFilter(new ReceiveEndpointDependencyFilter<SqsContext>(context));
            pipe.UseFilter(new SqsConsumerFilter(context, _settings));
        });
        var transport = new ReceiveTransport<SqsContext>(host, context, () => context.Supervisor, pipe);

        ReceiveEndpoint = new ReceiveEndpoint(transport, context);
        busHost.AddReceiveEndpoint(queueName, (ReceiveEndpoint)ReceiveEndpoint);
    }

    public override IEnumerable<ValidationResult> Validate()
    {
        if (PrefetchCount <= 0)
        {
            yield return this.Failure("PrefetchCount", "must be >= 1");
        }

        if (!SqsAddress.IsQueueName(queueName))
        {
            yield return this.Failure(queueName, "must be a valid queue name");
        }

        if (queueName.EndsWith(".fifo", StringComparison.OrdinalIgnoreCase))
        {
            yield return this.Failure(queueName, "FIFO queues are not part of this stand-in");
        }

        if (!IsBusEndpoint && (ConfigureConsumeTopology || PublishFaults))
        {
            yield return this.Failure(queueName, "ConfigureConsumeTopology and PublishFaults must be false: this stand-in has no SNS");
        }

        if (_settings.MaxVisibilityTimeout < SqsReceiveSettings.DefaultVisibility)
        {
            yield return this.Failure("MaxVisibilityTimeout", "must be at least 30 seconds, the default visibility timeout");
        }

        foreach (var result in base.Validate())
        {
            yield return result.WithParentKey(queueName);
        }
    }

    private SqsReceiveEndpointContext CreateContext()
    {
        ApplySpecifications(new SqsReceiveEndpointBuilder(this));

        return new SqsReceiveEndpointContext(host, this);
    }

    private sealed class SqsReceiveEndpointBuilder(IReceiveEndpointConfiguration configuration) : ReceiveEndpointBuilder(configuration);
}
