namespace Waybill.Notifications.Delivery;

/// <summary>
/// The clocks of one delivery, each longer than the one before:
/// attempt deadline &lt; lease &lt; due time; the queue's visibility timeout is longer than the longest lease.
/// </summary>
public static class DeliveryTiming
{
    public const int DefaultTimeoutSeconds = 15;
    public const int MinTimeoutSeconds = 1;
    public const int MaxTimeoutSeconds = 30;

    /// <summary>What a lease has over the attempt's deadline, for recording the result: 5 s.</summary>
    public static readonly TimeSpan RecordMargin = TimeSpan.FromSeconds(5);

    /// <summary>
    /// What the due time of a fresh notification has over its first lease, for the way through the queue: 5 s.
    /// A claim within it need not write the due time again.
    /// </summary>
    public static readonly TimeSpan QueueMargin = TimeSpan.FromSeconds(5);

    public static TimeSpan LeaseFor(int timeoutSeconds) => TimeSpan.FromSeconds(timeoutSeconds) + RecordMargin;

    /// <summary>How long after accepting or dispatching the Dispatcher looks again.</summary>
    public static TimeSpan DueAfterDispatch(int timeoutSeconds) => LeaseFor(timeoutSeconds) + QueueMargin;
}
