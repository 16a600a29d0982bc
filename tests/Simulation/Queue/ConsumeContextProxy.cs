using System.Reflection;
using MassTransit;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Queue;

namespace Waybill.Simulation.Queue;

/// <summary>What the consumer reads of MassTransit's context: the message and the token.</summary>
internal class ConsumeContextProxy : DispatchProxy
{
    private DeliverNotification _message = null!;

    /// <param name="url">Where it goes; intake's messages name the host.</param>
    public static ConsumeContext<DeliverNotification> Create(string notificationId, string? url)
    {
        var context = Create<ConsumeContext<DeliverNotification>, ConsumeContextProxy>();
        ((ConsumeContextProxy)(object)context)._message = new DeliverNotification
        {
            NotificationId = notificationId,
            Host = url is null ? null : HostKey.Of(url),
        };
        return context;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name switch
    {
        "get_Message" => _message,
        "get_CancellationToken" => CancellationToken.None,
        _ => throw new NotSupportedException($"{targetMethod?.Name} is not simulated."),
    };
}
