namespace Waybill.Notifications.Transitions;

/// <summary>Who asks the status service for a transition.</summary>
public enum Asker
{
    Intake,
    Dispatcher,
    Worker,
    Client,

    /// <summary>The status service itself, while it answers somebody else's call.</summary>
    StatusService,
}
