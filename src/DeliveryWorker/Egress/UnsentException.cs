namespace Waybill.DeliveryWorker.Egress;

/// <summary>
/// A kept connection turned out to be closed, and it is certain that nothing of the call reached the receiver: it was noticed before the first
/// byte was written, or the receiver had closed before one came. The call may go out on another connection, and it is still one call.
/// </summary>
public sealed class UnsentException() : IOException("The receiver had closed the connection that was kept for it.");
