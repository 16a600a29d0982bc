using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Store;

/// <summary>Records that were read together, and those among them that cannot be read.</summary>
internal sealed class RecordsRead
{
    private readonly Dictionary<string, NotificationRecord> _records = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RecordTroubleException> _unreadable = new(StringComparer.Ordinal);

    /// <summary>By id.</summary>
    public IReadOnlyDictionary<string, NotificationRecord> Records => _records;

    /// <summary>By id, with what is wrong with each.</summary>
    public IReadOnlyDictionary<string, RecordTroubleException> Unreadable => _unreadable;

    public void Add(Item item)
    {
        try
        {
            var record = RecordTrouble.Read(item, StateItem.Read);
            _records[record.Id] = record;
        }
        catch (RecordTroubleException trouble)
        {
            _unreadable[trouble.Id] = trouble;
        }
    }
}
