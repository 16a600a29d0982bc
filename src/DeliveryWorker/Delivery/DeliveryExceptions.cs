namespace Waybill.DeliveryWorker.Delivery;

/// <summary>The queue named a notification that does not exist. Thrown so that the message ends in the dead-letter queue.</summary>
public sealed class UnknownNotificationException(string id) : Exception($"There is no notification '{id}'.");

/// <summary>The worker stops before it took the notification; another one will take it.</summary>
public sealed class DrainingException(string id) : Exception($"The worker stops; '{id}' goes back to the queue.");

/// <summary>The call was made, but its result could not be recorded in time. The queue brings the message back.</summary>
public sealed class ResultNotRecordedException(string id) : Exception($"The result for '{id}' could not be recorded.");
