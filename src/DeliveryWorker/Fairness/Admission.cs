namespace Waybill.DeliveryWorker.Fairness;

/// <summary>Whether a call may be made.</summary>
public abstract record Admission
{
    /// <summary>Yes; tell the pass how it went.</summary>
    public sealed record Granted(HostPass Pass) : Admission;

    /// <summary>Not now: the notification is to be given back, due after that time.</summary>
    /// <param name="Reason">Why, one of <see cref="Notifications.Records.WaitingReasons"/>; null where it is not known.</param>
    public sealed record Refused(TimeSpan DueIn, string? Reason = null) : Admission;
}
