using Waybill.Notifications.Json;

namespace Waybill.StatusService.Queries.Listing;

/// <summary>
/// The parameters of a query, read so that one answer names all that is wrong. An unknown one is refused: a filter with a slip in
/// its name would otherwise let everything through.
/// </summary>
internal sealed class QueryFields
{
    private static readonly TimeSpan DefaultWindow = TimeSpan.FromDays(1);

    private readonly IQueryCollection _parameters;
    private readonly Dictionary<string, string[]> _errors = [];

    public QueryFields(IQueryCollection parameters, IReadOnlyList<string> known)
    {
        _parameters = parameters;

        foreach (var name in parameters.Keys.Where(name => !known.Contains(name)))
        {
            _errors[name] = [$"is not a known parameter. Known are: {string.Join(", ", known)}."];
        }
    }

    public IReadOnlyDictionary<string, string[]> Errors => _errors;

    public void Refuse(string name, string message) => _errors.TryAdd(name, [message]);

    /// <summary>Null for one that is left out; one that is empty or given twice is wrong.</summary>
    public string? Text(string name)
    {
        if (!_parameters.TryGetValue(name, out var values))
        {
            return null;
        }

        if (values is [{ Length: > 0 } value])
        {
            return value;
        }

        Refuse(name, "must be given once and not be empty.");
        return null;
    }

    /// <returns>Null when it is left out or wrong.</returns>
    public int? WholeNumber(string name, int min, int max)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (Notifications.Json.WholeNumber.TryParse(text, out var number) && number >= min && number <= max)
        {
            return number;
        }

        Refuse(name, $"must be a whole number from {min} to {max}.");
        return null;
    }

    /// <summary>Of the parameters 'from' and 'to'; without them the last day.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Window(DateTimeOffset now, TimeSpan longest)
    {
        // The millisecond that has begun is in it; the end of a window is not.
        var to = Time(ListParameters.To) ?? now.AddMilliseconds(1);
        var from = Time(ListParameters.From) ?? DayBefore(to);

        if (from >= to || to - from > longest)
        {
            Refuse(ListParameters.From, $"must be before 'to' (default: now), and at most {longest.Days} days before it.");
        }

        return (from, to);
    }

    /// <summary>Of the parameters 'from' and 'to'; without them all times.</summary>
    public (DateTimeOffset From, DateTimeOffset To) WindowOfAnyLength(DateTimeOffset now)
    {
        var to = Time(ListParameters.To) ?? now.AddMilliseconds(1);
        var from = Time(ListParameters.From) ?? DateTimeOffset.UnixEpoch;

        if (from >= to)
        {
            Refuse(ListParameters.From, "must be before 'to' (default: now).");
        }

        return (from, to);
    }

    private static DateTimeOffset DayBefore(DateTimeOffset to) =>
        to - DateTimeOffset.UnixEpoch > DefaultWindow ? to - DefaultWindow : DateTimeOffset.UnixEpoch;

    private DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        // A '+' that is not percent-encoded comes as a space, and nothing else can be meant by one there.
        var written = text is [.. var start, ' ', _, _, ':', _, _] ? $"{start}+{text[^5..]}" : text;

        if (Rfc3339.TryParse(written, out var time) && time >= DateTimeOffset.UnixEpoch)
        {
            return time;
        }

        Refuse(name, $"must be {Rfc3339.Allowed}, after 1970.");
        return null;
    }
}
