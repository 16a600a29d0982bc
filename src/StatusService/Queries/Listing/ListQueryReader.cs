using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.Urls;
using Waybill.StatusService.Queries.Export;
using Waybill.StatusService.Store.Recent;
using EndpointIds = Waybill.Notifications.Records.EndpointId;

namespace Waybill.StatusService.Queries.Listing;

/// <summary>Reads the parameters of a list, or of an export, which is a list without an end.</summary>
/// <param name="visibleOwner">Whose notifications the caller may see; null for everybody's.</param>
internal sealed class ListQueryReader(IQueryCollection parameters, IReadOnlyList<string> names, string? visibleOwner, DateTimeOffset now)
{
    public const int MaxLimit = 200;
    public const int DefaultLimit = 50;

    public static readonly TimeSpan LongestWindow = TimeSpan.FromDays(31);

    /// <summary>For what an index answers whatever else there is, and for an export.</summary>
    public static readonly TimeSpan LongestChosenWindow = TimeSpan.FromDays(366);

    private readonly QueryFields _fields = new(parameters, names);

    public IReadOnlyDictionary<string, string[]> Errors => _fields.Errors;

    /// <returns>Null when anything is wrong; <see cref="Errors"/> says what.</returns>
    public ListQuery? Read()
    {
        var filter = Filter();
        var (from, to) = Window(filter, filter.IsOfFailures || filter.EndpointId is not null ? LongestChosenWindow : LongestWindow);
        filter = filter with { From = from, To = to };

        var start = Cursor();

        if (start is not null && !filter.Steps.Contains(start.Step))
        {
            _fields.Refuse(ListParameters.Cursor, "must be given with the filters of the answer that it is from.");
        }

        var query = new ListQuery(filter, start ?? filter.Start(now), Limit());
        return Errors.Count == 0 ? query : null;
    }

    /// <returns>Null when anything is wrong; <see cref="Errors"/> says what.</returns>
    public RecordFilter? ReadWithoutEnd()
    {
        var filter = Filter();
        var (from, to) = Window(filter, LongestChosenWindow);

        return Errors.Count == 0 ? filter with { From = from, To = to } : null;
    }

    /// <summary>Of an export.</summary>
    public ExportFormat Format()
    {
        var text = _fields.Text(ListParameters.Format) ?? ExportFormat.All[0].Name;

        if (ExportFormat.All.FirstOrDefault(format => format.Name == text) is { } found)
        {
            return found;
        }

        _fields.Refuse(ListParameters.Format, $"must be one of {string.Join(", ", ExportFormat.All.Select(format => format.Name))}.");
        return ExportFormat.All[0];
    }

    private RecordFilter Filter() => new()
    {
        From = now,
        To = now,
        Owner = Owner(),
        Status = Word<NotificationStatus>(ListParameters.Status),
        Final = Final(),
        Category = Word<DeliveryCategory>(ListParameters.Category),
        Host = Host(),
        CorrelationId = _fields.Text(ListParameters.CorrelationId),
        Tenant = Allowed(ListParameters.Tenant, Tenants.IsValid, $"must be {Tenants.Allowed}."),
        EndpointId = Allowed(ListParameters.Endpoint, EndpointIds.IsValid, "must be the id of an endpoint, such as ep_…"),
        EventType = Allowed(ListParameters.EventType, EventTypes.IsType, $"must be {EventTypes.Allowed}."),
    };

    /// <summary>Who asks for a correlation id wants all that has it, whenever that was.</summary>
    private (DateTimeOffset From, DateTimeOffset To) Window(RecordFilter filter, TimeSpan longest) =>
        filter.CorrelationId is null ? _fields.Window(now, longest) : _fields.WindowOfAnyLength(now);

    private string? Owner()
    {
        var owner = _fields.Text(ListParameters.Owner);

        if (owner is not null && visibleOwner is not null && owner != visibleOwner)
        {
            _fields.Refuse(ListParameters.Owner, "must be your own name: only an operator sees notifications of others.");
        }

        return visibleOwner ?? owner;
    }

    private bool? Final()
    {
        switch (_fields.Text(ListParameters.Final))
        {
            case "true":
                return true;
            case "false":
                return false;
            case null:
                return null;
            default:
                _fields.Refuse(ListParameters.Final, "must be true or false.");
                return null;
        }
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

    private string? Allowed(string name, Func<string, bool> isAllowed, string message)
    {
        var text = _fields.Text(name);

        if (text is not null && !isAllowed(text))
        {
            _fields.Refuse(name, message);
        }

        return text;
    }

    private WalkCursor? Cursor()
    {
        if (_fields.Text(ListParameters.Cursor) is not { } text)
        {
            return null;
        }

        if (!WalkCursor.TryParse(text, out var cursor))
        {
            _fields.Refuse(ListParameters.Cursor, "must be the cursor of an earlier answer.");
        }

        return cursor;
    }

    private int Limit() => _fields.WholeNumber(ListParameters.Limit, 1, MaxLimit) ?? DefaultLimit;

    private T? Word<T>(string name)
        where T : struct, IVocabulary<T>
    {
        if (_fields.Text(name) is not { } text)
        {
            return null;
        }

        if (Vocabulary.TryParse<T>(text, out var word))
        {
            return word;
        }

        _fields.Refuse(name, $"must be one of {string.Join(", ", Vocabulary.Texts<T>())}.");
        return null;
    }
}
