namespace Waybill.IntakeService.Queueing;

/// <summary>How many messages the queue holds, approximately, as SQS tells it.</summary>
/// <param name="Waiting">Ready to be received.</param>
/// <param name="InFlight">Received, and not yet deleted or visible again.</param>
/// <param name="DeadLetters">In the dead-letter queue. Their notifications are safe: the Dispatcher takes care of what is due.</param>
/// <param name="ReadAt">When these figures were read.</param>
public sealed record QueueDepth(int Waiting, int InFlight, int DeadLetters, DateTimeOffset ReadAt);
