using Waybill.Notifications.Callbacks;
using Waybill.Notifications.Endpoints;

namespace Waybill.IntakeService.Events;

/// <summary>How a callback is described.</summary>
/// <param name="Type">One of <see cref="CallbackTypes"/>.</param>
/// <param name="Body">Whose JSON it is.</param>
/// <param name="Example">The body as JSON text.</param>
internal sealed record CallbackDescription(string Type, string OperationId, Type Body, string Example, string Summary)
{
    public static IReadOnlyList<CallbackDescription> All { get; } =
    [
        new(
            CallbackTypes.NotificationFailed,
            "NotificationsFailed",
            typeof(Callback<NotificationsFailed>),
            NotificationsFailed.Example,
            "Notifications have failed for good: at most one call a second about those of one endpoint, and it counts and lists them."),
        new(
            CallbackTypes.NotificationSucceeded,
            "NotificationSucceeded",
            typeof(Callback<NotificationSucceeded>),
            NotificationSucceeded.Example,
            "A notification that was posted with notify was delivered."),
        new(
            CallbackTypes.EndpointFailing,
            "EndpointFailing",
            typeof(Callback<EndpointFailing>),
            EndpointFailing.Example,
            "All attempts at an endpoint have failed for half of the time after which it is disabled."),
        new(
            CallbackTypes.EndpointDisabled,
            "EndpointDisabled",
            typeof(Callback<EndpointDisabled>),
            EndpointDisabled.Example,
            "An endpoint was disabled: what is for it is recorded as failed from now on."),
        new(
            CallbackTypes.EndpointRecovered,
            "EndpointRecovered",
            typeof(Callback<EndpointRecovered>),
            EndpointRecovered.Example,
            "An endpoint that was told to fail, or to be disabled, has answered 2xx."),
    ];
}
