using System.Reflection;
using MassTransit;
using Waybill.Notifications.Queue;

namespace Waybill.Simulation.Queue;

/// <summary>MassTransit's way to the queue, cut to the one send that intake uses. A proxy, so that its other members need no code.</summary>
internal class SendEndpointProxy : DispatchProxy
{
    private Func<string, Task> _send = null!;

    public static ISendEndpointProvider Create(Func<string, Task> send)
    {
        var provider = Create<ISendEndpointProvider, SendEndpointProxy>();
        ((SendEndpointProxy)(object)provider)._send = send;
        return provider;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => args switch
    {
        [Uri] => Task.FromResult(Endpoint()),
        [DeliverNotification message, IPipe<SendContext<DeliverNotification>>, CancellationToken] => _send(message.NotificationId),
        _ => throw new NotSupportedException($"{targetMethod?.Name} is not simulated with these arguments."),
    };

    private ISendEndpoint Endpoint()
    {
        var endpoint = Create<ISendEndpoint, SendEndpointProxy>();
        ((SendEndpointProxy)(object)endpoint)._send = _send;
        return endpoint;
    }
}
