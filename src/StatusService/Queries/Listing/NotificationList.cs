using System.Security.Claims;
using Waybill.Notifications.Records;
using Waybill.StatusService.Store.Recent;

namespace Waybill.StatusService.Queries.Listing;

/// <summary>The records that the filters take, a page at a time.</summary>
internal sealed class NotificationList(RecordWalks walks)
{
    public async Task<ListResponse> ReadAsync(ListQuery query, ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        var walk = await walks.WalkAsync(query.Filter, query.Start, query.Limit, cancellationToken);
        var unreadable = walk.Unreadable.Where(trouble => query.Filter.MayBeOf(trouble.Owner) && UnreadableView.MaySee(caller, trouble)).Select(UnreadableView.Of).ToArray();

        return new ListResponse(
            [.. walk.Records.Select(NotificationView.Of)],
            walk.End?.Text(),
            unreadable.Length == 0 ? null : unreadable,
            query.Filter.IsNarrow && walk.LookedAt > walk.Records.Count + unreadable.Length ? walk.LookedAt : null);
    }
}

/// <summary>A page of notifications, newest first.</summary>
/// <param name="Items">May be fewer than asked for, even none, while there is a cursor: one request reads only so much.</param>
/// <param name="Cursor">Leads to the next page, with the same filters; null when there is nothing more.</param>
/// <param name="Unreadable">Notifications of this page that are stored, but cannot be read, whatever the filters; null when there are none.</param>
/// <param name="Examined">How many were looked at for this page, where no index has exactly what was asked for; null where one has.</param>
internal sealed record ListResponse(
    IReadOnlyList<NotificationView> Items,
    string? Cursor,
    IReadOnlyList<UnreadableView>? Unreadable = null,
    int? Examined = null);
