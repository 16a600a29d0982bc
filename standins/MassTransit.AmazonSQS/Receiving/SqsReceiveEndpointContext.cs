using MassTransit.AmazonSqsTransport.Configuration;
using MassTransit.AmazonSqsTransport.Queues;
using MassTransit.AmazonSqsTransport.Sending;
using MassTransit.Transports;
using MassTransit.Util;

namespace MassTransit.AmazonSqsTransport.Receiving;

internal sealed class SqsReceiveEndpointContext : BaseReceiveEndpointContext
{
    private readonly SqsHostConfiguration _host;
    private readonly SqsReceiveSettings _settings;
    private readonly Recycle<SqsSupervisor> _supervisor;

    public SqsReceiveEndpointContext(SqsHostConfiguration host, SqsReceiveEndpointConfiguration configuration)
        : base(host, configuration)
    {
        _host = host;
        _settings = configuration.Settings;
        _supervisor = new Recycle<SqsSupervisor>(() => new SqsSupervisor(host));

        var names = configuration.Topology.Send;
        IErrorTransport error = new SqsErrorTransport(host, names.ErrorQueueNameFormatter.FormatErrorQueueName(_settings.QueueName));
        IDeadLetterTransport skipped = new SqsDeadLetterTransport(
            host, names.DeadLetterQueueNameFormatter.FormatDeadLetterQueueName(_settings.QueueName));

        GetOrAddPayload(() => error);
        GetOrAddPayload(() => skipped);
        GetOrAddPayload(() => host.Topology);
    }

    public SqsSupervisor Supervisor => _supervisor.Supervisor;

    public override void AddSendAgent(IAgent agent) => Supervisor.AddSendAgent(agent);

    public override void AddConsumeAgent(IAgent agent) => Supervisor.AddConsumeAgent(agent);

    public override Exception ConvertException(Exception exception, string message)
        => new AmazonSqsConnectionException(message + _host.HostAddress, exception);

    public override void Probe(ProbeContext context) => context.Set(new
    {
        Type = "AmazonSQS",
        _settings.QueueName,
        _settings.WaitTimeSeconds,
        PrefetchCount,
        ConcurrentMessageLimit,
    });

    protected override ISendTransportProvider CreateSendTransportProvider() => new SqsSendTransportProvider(_host, this);

    protected override IPublishTransportProvider CreatePublishTransportProvider() => new SqsSendTransportProvider(_host, this);
}
