using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Store;

/// <summary>Records that were read together, and those among them that cannot be read.</summary>
internal sealed class RecordsRead
{
    private readonly Dictionary<string, NotificationRecord> _records = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RecordTroubleException> _unreadable = new(StringComparer.Ordinal);

    private readonly HashSet<string> _failures = new(StringComparer.Ordinal);
    private readonly HashSet<string> _correlated = new(StringComparer.Ordinal);

    /// <summary>By id.</summary>
    public IReadOnlyDictionary<string, NotificationRecord> Records => _records;

    /// <summary>By id, with what is wrong with each.</summary>
    public IReadOnlyDictionary<string, RecordTroubleException> Unreadable => _unreadable;

    /// <summary>Whether the index of failures has it: what failed under a release before 0.2 is not there.</summary>
    public bool IsAmongFailures(string id) => _failures.Contains(id);

    /// <summary>The same of the index by correlation id.</summary>
    public bool IsCorrelated(string id) => _correlated.Contains(id);

    public void Add(RecordsRead other)
    {
        foreach (var (id, record) in other._records)
        {
            _records[id] = record;
        }

        foreach (var (id, trouble) in other._unreadable)
        {
            _unreadable[id] = trouble;
        }

        _failures.UnionWith(other._failures);
        _correlated.UnionWith(other._correlated);
    }

    public void Add(Item item)
    {
        try
        {
            var record = RecordTrouble.Read(item, StateItem.Read);
            _records[record.Id] = record;

            if (item.ContainsKey(StoredNames.FailedShard))
            {
                _failures.Add(record.Id);
            }

            if (item.ContainsKey(StoredNames.Correlation))
            {
                _correlated.Add(record.Id);
            }
        }
        catch (RecordTroubleException trouble)
        {
            _unreadable[trouble.Id] = trouble;
        }
    }
}
