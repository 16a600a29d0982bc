using System.Reflection;
using MassTransit;
using Waybill.Notifications.Queue;

namespace Waybill.Simulation.Queue;

/// <summary>What the consumer reads of MassTransit's context: the message and the token.</summary>
internal class ConsumeContextProxy : DispatchProxy
{
    private DeliverNotification _message = null!;

    public static ConsumeContext<DeliverNotification> Create(string notificationId)
    {
        var context = Create<ConsumeContext<DeliverNotification>, ConsumeContextProxy>();
        ((ConsumeContextProxy)(object)context)._message = new DeliverNotification { NotificationId = notificationId };
        return context;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name switch
    {
        "get_Message" => _message,
        "get_CancellationToken" => CancellationToken.None,
        _ => throw new NotSupportedException($"{targetMethod?.Name} is not simulated."),
    };
}
