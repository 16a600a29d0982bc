using System.Globalization;
using System.Text.RegularExpressions;
using Waybill.Notifications.Records;
using Waybill.StatusService.Store;

namespace Waybill.StatusService.Queries.Listing;

/// <summary>
/// Reads the parameters of a list, so that one answer names all that is wrong. An unknown one is refused: a filter with a
/// slip in its name would otherwise list everything.
/// </summary>
internal sealed partial class ListQueryReader(IQueryCollection parameters, DateTimeOffset now)
{
    public const int MaxLimit = 200;
    public const int DefaultLimit = 50;

    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(31);
    private static readonly TimeSpan DefaultWindow = TimeSpan.FromDays(1);
    private static readonly NotificationStatus[] Statuses = Enum.GetValues<NotificationStatus>();

    private readonly Dictionary<string, string[]> _errors = [];

    public IReadOnlyDictionary<string, string[]> Errors => _errors;

    /// <returns>Null when anything is wrong; <see cref="Errors"/> says what.</returns>
    public ListQuery? Read()
    {
        foreach (var name in parameters.Keys.Where(name => !ListParameters.Names.Contains(name)))
        {
            _errors[name] = [$"is not a known parameter. Known are: {string.Join(", ", ListParameters.Names)}."];
        }

        var window = Window();

        var query = new ListQuery
        {
            Start = Cursor() ?? window,
            Limit = Limit(),
            Status = Status(),
            Host = Text(ListParameters.Host),
            CorrelationId = Text(ListParameters.CorrelationId),
        };

        return _errors.Count == 0 ? query : null;
    }

    /// <summary>Null for one that is left out; one that is empty or given twice is wrong.</summary>
    private string? Text(string name)
    {
        if (!parameters.TryGetValue(name, out var values))
        {
            return null;
        }

        if (values is [{ Length: > 0 } value])
        {
            return value;
        }

        _errors[name] = ["must be given once and not be empty."];
        return null;
    }

    private ListCursor Window()
    {
        // The millisecond that has begun is in it; the end of a window is not.
        var to = Time(ListParameters.To) ?? now.AddMilliseconds(1);
        var from = Time(ListParameters.From) ?? DayBefore(to);

        if (from >= to || to - from > LongestWindow)
        {
            _errors.TryAdd(ListParameters.From, [$"must be before 'to' (default: now), and at most {LongestWindow.Days} days before it."]);
        }

        return new ListCursor(RecentPosition.Before(to.ToUnixTimeMilliseconds()), from.ToUnixTimeMilliseconds());
    }

    private static DateTimeOffset DayBefore(DateTimeOffset to) =>
        to - DateTimeOffset.UnixEpoch > DefaultWindow ? to - DefaultWindow : DateTimeOffset.UnixEpoch;

    private DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (Rfc3339().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var time)
            && time >= DateTimeOffset.UnixEpoch)
        {
            return time;
        }

        _errors[name] = ["must be a time after 1970 as RFC 3339, such as 2026-11-20T19:31:14Z, with '+' written as %2B."];
        return null;
    }

    private ListCursor? Cursor()
    {
        if (Text(ListParameters.Cursor) is not { } text)
        {
            return null;
        }

        if (!ListCursor.TryParse(text, out var cursor))
        {
            _errors[ListParameters.Cursor] = ["must be the cursor of an earlier answer."];
        }

        return cursor;
    }

    private int Limit()
    {
        if (Text(ListParameters.Limit) is not { } text)
        {
            return DefaultLimit;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is > 0 and <= MaxLimit)
        {
            return limit;
        }

        _errors[ListParameters.Limit] = [$"must be a whole number from 1 to {MaxLimit}."];
        return DefaultLimit;
    }

    private NotificationStatus? Status()
    {
        if (Text(ListParameters.Status) is not { } text)
        {
            return null;
        }

        if (Statuses.Any(status => status.Text() == text))
        {
            return NotificationStatusText.Parse(text);
        }

        _errors[ListParameters.Status] = [$"must be one of {string.Join(", ", Statuses.Select(status => status.Text()))}."];
        return null;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Rfc3339();
}
