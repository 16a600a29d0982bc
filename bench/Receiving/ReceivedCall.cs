namespace Waybill.Bench.Receiving;

/// <param name="Notification">Its number in the load, from 0.</param>
/// <param name="Number">From 1, for this notification.</param>
/// <param name="Host">The loopback address that was called.</param>
internal readonly record struct ReceivedCall(int Notification, int Number, string Host);
