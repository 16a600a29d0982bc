using Waybill.Notifications.Json;
using Waybill.Notifications.Records;
using Waybill.Notifications.Urls;
using Waybill.StatusService.Store.Recent;

namespace Waybill.StatusService.Queries.Listing;

/// <summary>Reads the parameters of a list.</summary>
internal sealed class ListQueryReader(IQueryCollection parameters, DateTimeOffset now)
{
    public const int MaxLimit = 200;
    public const int DefaultLimit = 50;

    public static readonly TimeSpan LongestWindow = TimeSpan.FromDays(31);

    private readonly QueryFields _fields = new(parameters, ListParameters.Names);

    public IReadOnlyDictionary<string, string[]> Errors => _fields.Errors;

    /// <returns>Null when anything is wrong; <see cref="Errors"/> says what.</returns>
    public ListQuery? Read()
    {
        var (from, to) = _fields.Window(now, LongestWindow);

        var query = new ListQuery
        {
            Start = Cursor() ?? RecentCursor.Of(from, to),
            Limit = Limit(),
            Status = Status(),
            Host = Host(),
            CorrelationId = _fields.Text(ListParameters.CorrelationId),
        };

        return Errors.Count == 0 ? query : null;
    }

    private string? Host()
    {
        if (_fields.Text(ListParameters.Host) is not { } text)
        {
            return null;
        }

        var host = HostAndPort.Normalize(text, out var why);

        if (host is null)
        {
            _fields.Refuse(ListParameters.Host, why!);
        }

        return host;
    }

    private RecentCursor? Cursor()
    {
        if (_fields.Text(ListParameters.Cursor) is not { } text)
        {
            return null;
        }

        if (!RecentCursor.TryParse(text, out var cursor))
        {
            _fields.Refuse(ListParameters.Cursor, "must be the cursor of an earlier answer.");
        }

        return cursor;
    }

    private int Limit()
    {
        if (_fields.Text(ListParameters.Limit) is not { } text)
        {
            return DefaultLimit;
        }

        if (WholeNumber.TryParse(text, out var limit) && limit is > 0 and <= MaxLimit)
        {
            return limit;
        }

        _fields.Refuse(ListParameters.Limit, $"must be a whole number from 1 to {MaxLimit}.");
        return DefaultLimit;
    }

    private NotificationStatus? Status()
    {
        if (_fields.Text(ListParameters.Status) is not { } text)
        {
            return null;
        }

        if (Vocabulary.TryParse<NotificationStatus>(text, out var status))
        {
            return status;
        }

        _fields.Refuse(ListParameters.Status, $"must be one of {string.Join(", ", Vocabulary.Texts<NotificationStatus>())}.");
        return null;
    }
}
