using System.Security.Claims;
using Waybill.Notifications.Records;
using Waybill.ServiceDefaults.Authentication;
using Waybill.StatusService.Store.Recent;

namespace Waybill.StatusService.Queries.Listing;

/// <summary>The records that the caller may see and the filters take, a page at a time.</summary>
internal sealed class NotificationList(RecentRecords recent)
{
    public async Task<ListResponse> ReadAsync(ListQuery query, ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        var walk = await recent.WalkAsync(caller.VisibleOwner(), query.Start, query.Limit, record => caller.MaySee(record.Owner) && query.Takes(record), cancellationToken);

        var unreadable = walk.Unreadable.Where(trouble => UnreadableView.MaySee(caller, trouble)).Select(UnreadableView.Of).ToArray();

        return new ListResponse(
            [.. walk.Records.Select(NotificationView.Of)],
            walk.End.IsAtEnd ? null : walk.End.Text(),
            unreadable.Length == 0 ? null : unreadable);
    }
}

/// <summary>A page of notifications, newest first.</summary>
/// <param name="Items">May be fewer than asked for, even none, while there is a cursor: one request reads only so much.</param>
/// <param name="Cursor">Leads to the next page, with the same filters; null when there is nothing more.</param>
/// <param name="Unreadable">Notifications of this page that are stored, but cannot be read, whatever the filters; null when there are none.</param>
internal sealed record ListResponse(IReadOnlyList<NotificationView> Items, string? Cursor, IReadOnlyList<UnreadableView>? Unreadable = null);
