using Waybill.Client;
using Waybill.Notifications.Records;

namespace Waybill.Cli.Commands.Listening;

/// <summary>Notifications that were not there when it was asked before.</summary>
/// <param name="filter">Which, and from when on.</param>
internal sealed class Arrivals(WaybillClient client, NotificationFilter filter)
{
    /// <summary>The most that a page of the API has.</summary>
    public const int PageSize = 200;

    /// <summary>How far back it asks again: an index may show one a moment after another that is younger.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    private Dictionary<string, DateTimeOffset> _seen = new(StringComparer.Ordinal);
    private DateTimeOffset? _from = filter.From;

    /// <returns>Oldest first.</returns>
    public async Task<IReadOnlyList<NotificationView>> NextAsync(CancellationToken cancellationToken)
    {
        var arrived = new List<NotificationView>();

        await foreach (var notification in client.ListAsync(filter with { From = _from }, cancellationToken))
        {
            if (!_seen.ContainsKey(notification.Id))
            {
                arrived.Add(notification);
            }
        }

        // Only once all pages were read: one that cannot be is asked for again.
        Remember(arrived);
        arrived.Reverse();
        return arrived;
    }

    private void Remember(List<NotificationView> arrived)
    {
        foreach (var notification in arrived)
        {
            _seen.Add(notification.Id, notification.CreatedAt);
        }

        if (arrived.Count > 0)
        {
            Forget(arrived.Max(notification => notification.CreatedAt) - Overlap);
        }
    }

    /// <summary>What is asked for no more need not be known again.</summary>
    private void Forget(DateTimeOffset before)
    {
        if (_from is null || before > _from)
        {
            _from = before;
            _seen = _seen.Where(one => one.Value >= before).ToDictionary(StringComparer.Ordinal);
        }
    }
}
