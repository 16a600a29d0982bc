using Waybill.Notifications.Records;

namespace Waybill.Notifications.StatusApi;

/// <summary>
/// What became of a transition. A refusal is an answer, not an error: someone else moved the notification,
/// and <see cref="Record"/> says where it is now.
/// </summary>
/// <param name="Applied">True: the transition was written, and the record shows it.</param>
/// <param name="Record">Null when there is no such notification, and where it applied and the caller has no need of it.</param>
public sealed record TransitionOutcome(bool Applied, NotificationRecord? Record);
