using Waybill.Notifications.Records;

namespace Waybill.TestSupport.Systems;

/// <summary>What became of one post: its record, null when nothing was stored, and the calls that the receiver saw for it.</summary>
public sealed record Outcome(Post Post, NotificationRecord? Record, IReadOnlyList<Call> Calls);
