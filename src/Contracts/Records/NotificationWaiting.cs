namespace Waybill.Notifications.Records;

/// <summary>What a notification that is not final waits for.</summary>
/// <param name="Reason">One of <see cref="WaitingReasons"/>, or another release's.</param>
/// <param name="Until">When it goes on at the latest, or the next look is taken; null only where that is not known.</param>
public sealed record NotificationWaiting(string Reason, DateTimeOffset? Until);
