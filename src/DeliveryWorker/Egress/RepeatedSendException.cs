namespace Waybill.DeliveryWorker.Egress;

/// <summary>
/// The HTTP handler was about to send a request for the second time, because a pooled connection broke before an answer came.
/// The receiver may have acted on the first one; whether to call again is decided by the schedule, on the record.
/// </summary>
public sealed class RepeatedSendException() : InvalidOperationException("The connection was closed before an answer came.");
