using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Records;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Partitions;

namespace Waybill.StatusService.Store.Changes;

/// <summary>
/// One conditional write, built from a row of the transition table. It refuses to touch what the row does not name,
/// and knows what it makes of an item, so that the old item that DynamoDB returns is enough to know both ends of the move.
/// </summary>
internal sealed class StateChange
{
    private readonly Transition _row;
    private readonly DateTimeOffset _now;
    private readonly AttributeValue? _fence;
    private readonly Dictionary<string, AttributeValue> _set = [];
    private readonly Dictionary<string, AttributeValue> _append = [];
    private readonly Dictionary<string, int> _add = new() { [StoredNames.Version] = 1 };
    private readonly HashSet<string> _remove = [];
    private readonly List<string> _also = [];
    private readonly Dictionary<string, AttributeValue> _alsoValues = [];

    /// <param name="fence">The value that the row's fence compares; null where the row has none.</param>
    public StateChange(Transition row, DateTimeOffset now, AttributeValue? fence = null)
    {
        if ((row.Fence == Fence.None) != (fence is null))
        {
            throw new ArgumentException($"{row} is fenced by {row.Fence}.", nameof(fence));
        }

        _row = row;
        _now = now;
        _fence = fence;
        _set[StoredNames.WriteToken] = StoredValue.Of(Guid.NewGuid().ToString("N")[..12]);

        if (row.IsNote)
        {
            return;
        }

        _set[StoredNames.LastUpdatedAt] = StoredValue.Of(now);

        if (row.To is { } to)
        {
            _set[StoredNames.Status] = StoredValue.Of(to.Text());
        }

        // The row says it, and a record of the happy path is to stay within 1 KB.
        if (row.OnlyFrom is not null)
        {
            _remove.Add(StoredNames.StatusBefore);
        }
    }

    public Transition Row => _row;

    /// <summary>When it happens, as it is written.</summary>
    public DateTimeOffset Time => _now;

    /// <summary>Of one that ends in failure: the store sees to it that it is found among those.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>To the status before; one that has none stays.</summary>
    private bool MovesBack => _row is { To: null, IsNote: false };

    public string WriteToken => _set[StoredNames.WriteToken].S;

    /// <summary>It has failed for good.</summary>
    public StateChange Fails(Failure failure)
    {
        Check(RecordField.Failure);
        Failure = failure;
        return this;
    }

    /// <summary>Where it is found as a failure.</summary>
    public StateChange FailsIn(IndexPartition partition) => this
        .Set(RecordField.Failure, StoredNames.FailedShard, StoredValue.Of(partition.Key))
        .Set(RecordField.Failure, StoredNames.FailedAt, StoredValue.Of(FailedKey.Of(Failure!, _now).Text()));

    public StateChange Set(RecordField field, string name, AttributeValue value)
    {
        Check(field, name);
        _set[name] = value;
        return this;
    }

    public StateChange Remove(RecordField field, params string[] names)
    {
        Check(field, names);
        _remove.UnionWith(names);
        return this;
    }

    public StateChange Append(RecordField field, string name, AttributeValue entry)
    {
        Check(field, name);
        _append[name] = entry;
        return this;
    }

    /// <summary>
    /// Writes the history anew, shortened, instead of adding to it. No row names that: any write may have to make room, and what is
    /// left out is not what the row is about.
    /// </summary>
    /// <param name="kept">What stays of the history as it is stored.</param>
    /// <param name="lastAttempt">The number of its last attempt.</param>
    public StateChange ShortensHistory(IReadOnlyList<AttributeValue> kept, int lastAttempt)
    {
        _set[StoredNames.History] = StoredValue.Of(_append.Remove(StoredNames.History, out var entry) ? kept.Append(entry) : kept);
        _set.TryAdd(StoredNames.LastAttempt, StoredValue.Of(lastAttempt));
        return this;
    }

    public StateChange Add(RecordField field, string name, int number)
    {
        Check(field, name);
        _add[name] = number;
        return this;
    }

    /// <summary>A condition besides the row's own; it may only narrow when the row applies.</summary>
    public StateChange OnlyIf(string condition, params (string Name, AttributeValue Value)[] values)
    {
        _also.Add(condition);

        foreach (var (name, value) in values)
        {
            _alsoValues[name] = value;
        }

        return this;
    }

    public UpdateItemRequest ToRequest(string tableName, string id)
    {
        var update = ExpressionText.Of(UpdateExpression());
        var condition = ExpressionText.Of(string.Join(" AND ", _also.Prepend(Conditions.Of(_row))));

        return new UpdateItemRequest
        {
            TableName = tableName,
            Key = StateItem.Key(id),
            UpdateExpression = update.Text,
            ConditionExpression = condition.Text,
            ExpressionAttributeNames = NamesIn(update, condition),
            ExpressionAttributeValues = ValuesIn(update, condition),
            ReturnValues = ReturnValue.ALL_OLD,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };
    }

    /// <summary>What the write makes of the item it met.</summary>
    public Item ApplyTo(Item old)
    {
        var item = new Item(old);

        if (!_row.IsNote)
        {
            item[StoredNames.StatusBefore] = old[StoredNames.Status];
        }

        if (MovesBack)
        {
            item[StoredNames.Status] = item.GetValueOrDefault(StoredNames.PreviousStatus) ?? item[StoredNames.Status];
        }

        foreach (var (name, value) in _set)
        {
            item[name] = value;
        }

        foreach (var (name, number) in _add)
        {
            item[name] = StoredValue.Of((item.Int(name) ?? 0) + number);
        }

        foreach (var (name, entry) in _append)
        {
            item[name] = StoredValue.Of(item.List(name).Append(entry));
        }

        foreach (var name in _remove)
        {
            item.Remove(name);
        }

        return item;
    }

    private string UpdateExpression()
    {
        var sets = _set.Keys.Select(name => $"#{name} = :{name}")
            .Concat(_add.Keys.Select(name => $"#{name} = if_not_exists(#{name}, :zero) + :{name}"))
            .Concat(_append.Keys.Select(name => $"#{name} = list_append(if_not_exists(#{name}, :none), :{name})"))
            .Concat(_row is { OnlyFrom: null, IsNote: false } ? [$"#{StoredNames.StatusBefore} = #{StoredNames.Status}"] : []);

        if (MovesBack)
        {
            sets = sets.Append($"#{StoredNames.Status} = if_not_exists(#{StoredNames.PreviousStatus}, #{StoredNames.Status})");
        }

        var expression = "SET " + string.Join(", ", sets);
        return _remove.Count == 0 ? expression : $"{expression} REMOVE {string.Join(", ", _remove.Select(name => "#" + name))}";
    }

    private static Dictionary<string, string> NamesIn(params ReadOnlySpan<ExpressionText> expressions)
    {
        var names = new Dictionary<string, string>();

        foreach (var expression in expressions)
        {
            foreach (var name in expression.Names)
            {
                names[name.InText] = name.Name;
            }
        }

        return names;
    }

    private Item ValuesIn(params ReadOnlySpan<ExpressionText> expressions)
    {
        var values = new Item();

        foreach (var expression in expressions)
        {
            foreach (var value in expression.Values)
            {
                values[value.InText] = Value(value.Name);
            }
        }

        return values;
    }

    private AttributeValue Value(string name) => name switch
    {
        Conditions.Now => StoredValue.Of(_now),
        Conditions.Fence => _fence!,
        "zero" => StoredValue.Of(0),
        "none" => StoredValue.Of(Enumerable.Empty<AttributeValue>()),
        _ when _set.TryGetValue(name, out var value) => value,
        _ when _append.TryGetValue(name, out var entry) => StoredValue.Of([entry]),
        _ when _add.TryGetValue(name, out var number) => StoredValue.Of(number),
        _ when _alsoValues.TryGetValue(name, out var also) => also,
        _ when Vocabulary.TryParse<NotificationStatus>(name, out var status) => StoredValue.Of(status.Text()),
        _ => throw new InvalidOperationException($"Nothing gives ':{name}' a value."),
    };

    private void Check(RecordField field, params ReadOnlySpan<string> names)
    {
        if (!_row.Writes.Contains(field))
        {
            throw new InvalidOperationException($"{_row} does not write {field}.");
        }

        foreach (var name in names)
        {
            if (!FieldNames.Of(field).Contains(name))
            {
                throw new InvalidOperationException($"The stored name '{name}' is not one of {field}.");
            }
        }
    }
}
