namespace Waybill.DeliveryWorker.Egress;

/// <summary>
/// The HTTP handler was about to send a request for the second time. After HTTP/1.1 the receiver may have acted on the first one, and whether to
/// call again is decided by the schedule, on the record; after HTTP/2 it did not, and <see cref="SafeRepeats"/> sends it again.
/// </summary>
public sealed class RepeatedSendException() : InvalidOperationException("The connection was closed before an answer came.");
