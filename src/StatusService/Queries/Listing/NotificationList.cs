using System.Security.Claims;
using Waybill.Notifications.Records;
using Waybill.ServiceDefaults.Authentication;

namespace Waybill.StatusService.Queries.Listing;

/// <summary>The records that the caller may see and the filters take, a page at a time.</summary>
internal sealed class NotificationList(RecentRecords recent)
{
    public async Task<ListAnswer> ReadAsync(ListQuery query, ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        var walk = await recent.WalkAsync(query.Start, query.Limit, record => caller.MaySee(record.Owner) && query.Takes(record), cancellationToken);

        var unreadable = walk.Unreadable.Where(trouble => UnreadableView.MaySee(caller, trouble)).Select(UnreadableView.Of).ToArray();

        return new ListAnswer(
            [.. walk.Records.Select(NotificationView.Of)],
            walk.End.IsAtEnd ? null : walk.End.Text(),
            unreadable.Length == 0 ? null : unreadable);
    }
}
