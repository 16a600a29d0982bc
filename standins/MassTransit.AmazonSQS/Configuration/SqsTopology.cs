using MassTransit.Configuration;
using MassTransit.Topology;

namespace MassTransit.AmazonSqsTransport.Configuration;

/// <summary>The core's own topology, shared by all endpoints of a bus but for what each consumes. Nothing is deployed from it.</summary>
internal sealed class SqsTopology : ITopologyConfiguration
{
    public SqsTopology()
    {
        var send = new SendTopology();
        send.ConnectSendTopologyConfigurationObserver(new DelegateSendTopologyConfigurationObserver(GlobalTopology.Send));

        var publish = new PublishTopology();
        publish.ConnectPublishTopologyConfigurationObserver(new DelegatePublishTopologyConfigurationObserver(GlobalTopology.Publish));
        publish.ConnectPublishTopologyConfigurationObserver(new PublishToSendTopologyConfigurationObserver(send));

        Message = new MessageTopology(new MessageUrnEntityNameFormatter());
        Send = send;
        Publish = publish;
    }

    private SqsTopology(SqsTopology bus)
    {
        Message = bus.Message;
        Send = bus.Send;
        Publish = bus.Publish;
    }

    public IMessageTopologyConfigurator Message { get; }

    public ISendTopologyConfigurator Send { get; }

    public IPublishTopologyConfigurator Publish { get; }

    public IConsumeTopologyConfigurator Consume { get; } = new SqsConsumeTopology();

    public SqsTopology ForEndpoint() => new(this);

    public IEnumerable<ValidationResult> Validate() => [.. Send.Validate(), .. Publish.Validate(), .. Consume.Validate()];

    /// <summary>80: the longest name of a queue.</summary>
    private sealed class SqsConsumeTopology() : ConsumeTopology(80);
}
