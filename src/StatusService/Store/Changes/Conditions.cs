using Waybill.Notifications.Records;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Store.Changes;

/// <summary>
/// The DynamoDB condition of each state and fence. Names are written <c>#name</c> and values <c>:name</c>;
/// <see cref="StateChange"/> supplies both.
/// </summary>
internal static class Conditions
{
    public const string Now = "now";
    public const string Fence = "fence";

    public static string Of(Transition row)
    {
        var from = string.Join(" OR ", row.From.Select(Of));
        var fence = Of(row.Fence);
        return fence is null ? $"({from})" : $"({from}) AND {fence}";
    }

    public static string Of(FromState state) => state switch
    {
        FromState.Absent => $"attribute_not_exists(#{StoredNames.Id})",
        FromState.Pending => Status(NotificationStatus.Pending),
        FromState.Queued => Status(NotificationStatus.Queued),
        FromState.Processing => Status(NotificationStatus.Processing),
        FromState.LeaseExpired => $"({Status(NotificationStatus.Processing)} AND #{StoredNames.LeaseUntil} <= :{Now})",
        FromState.AwaitingRetry => $"({Status(NotificationStatus.Failed)} AND attribute_exists(#{StoredNames.NextAttemptAt}))",
        FromState.RetryDue => $"({Status(NotificationStatus.Failed)} AND #{StoredNames.NextAttemptAt} <= :{Now})",
        FromState.FailedFinal => $"({Status(NotificationStatus.Failed)} AND attribute_not_exists(#{StoredNames.NextAttemptAt}))",
        FromState.Success => Status(NotificationStatus.Success),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A state without a condition."),
    };

    private static string? Of(Fence fence) => fence switch
    {
        Notifications.Transitions.Fence.None => null,
        Notifications.Transitions.Fence.Version => $"#{StoredNames.Version} = :{Fence}",
        Notifications.Transitions.Fence.DueAt => $"#{StoredNames.DueAt} = :{Fence} AND #{StoredNames.DueAt} <= :{Now}",
        Notifications.Transitions.Fence.LeaseToken => $"#{StoredNames.LeaseToken} = :{Fence}",
        _ => throw new ArgumentOutOfRangeException(nameof(fence), fence, "A fence without a condition."),
    };

    private static string Status(NotificationStatus status) => $"#{StoredNames.Status} = :{status.Text()}";
}
