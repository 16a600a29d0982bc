using System.Reflection;
using MassTransit;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Queue;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;

namespace Waybill.Simulation.Queue;

/// <summary>What the consumer reads of MassTransit's context: the message and the token.</summary>
internal class ConsumeContextProxy : DispatchProxy
{
    private DeliverNotification _message = null!;

    /// <param name="record">As it is now; intake's messages name its host, and its event.</param>
    /// <param name="saysTarget">False: they do not name the event.</param>
    public static ConsumeContext<DeliverNotification> Create(string notificationId, NotificationRecord? record, bool saysTarget)
    {
        var context = Create<ConsumeContext<DeliverNotification>, ConsumeContextProxy>();
        ((ConsumeContextProxy)(object)context)._message = new DeliverNotification
        {
            NotificationId = notificationId,
            Host = record is null ? null : HostKey.Of(record.Url),
            Target = record is null || !saysTarget ? null : EventTarget.Of(record),
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
