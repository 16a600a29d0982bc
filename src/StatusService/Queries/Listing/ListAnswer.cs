using Waybill.Notifications.Records;

namespace Waybill.StatusService.Queries.Listing;

/// <summary>A page of notifications, newest first.</summary>
/// <param name="Items">May be fewer than asked for, even none, while there is a cursor: one request reads only so much.</param>
/// <param name="Cursor">Leads to the next page, with the same filters; null when there is nothing more.</param>
/// <param name="Unreadable">Notifications of this page that are stored, but cannot be read, whatever the filters; null when there are none.</param>
internal sealed record ListAnswer(IReadOnlyList<NotificationView> Items, string? Cursor, IReadOnlyList<UnreadableView>? Unreadable = null);
