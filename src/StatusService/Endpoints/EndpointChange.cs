using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Endpoints;

/// <summary>
/// One conditional write to an endpoint, built from a row of its table of transitions. It refuses to touch what the row does not name. It raises the
/// version and carries a write token, as those to notifications do.
/// </summary>
internal sealed class EndpointChange
{
    private static readonly Dictionary<EndpointField, string[]> NamesOf = new()
    {
        [EndpointField.Url] = [StoredNames.Url],
        [EndpointField.Description] = [StoredNames.EndpointItem.Description],
        [EndpointField.Types] = [StoredNames.EndpointItem.Types],
        [EndpointField.Headers] = [StoredNames.Request.Headers],
        [EndpointField.TimeoutSeconds] = [StoredNames.TimeoutSeconds],
        [EndpointField.RetrySchedule] = [StoredNames.RetrySchedule],
        [EndpointField.MaxPerSecond] = [StoredNames.EndpointItem.MaxPerSecond],
        [EndpointField.Secrets] = [StoredNames.EndpointItem.Secrets],
        [EndpointField.PausedUntil] = [StoredNames.EndpointItem.PausedUntil],
        [EndpointField.DisabledReason] = [StoredNames.EndpointItem.DisabledReason],
        [EndpointField.StatusSince] = [StoredNames.EndpointItem.StatusSince],
        [EndpointField.FailingSince] = [StoredNames.EndpointItem.FailingSince, StoredNames.EndpointItem.Trouble],
        [EndpointField.LastSuccessAt] = [StoredNames.EndpointItem.LastSuccessAt],
        [EndpointField.WarnedAt] = [StoredNames.EndpointItem.WarnedAt],
        [EndpointField.Probe] = [StoredNames.EndpointItem.Probe],
        [EndpointField.Owed] = [StoredNames.EndpointItem.Owed],
        [EndpointField.DueAt] = [StoredNames.DueShard, StoredNames.DueAt],
        [EndpointField.ExpiresAt] = [StoredNames.ExpiresAt],
    };

    private readonly EndpointTransition _row;
    private readonly Dictionary<string, AttributeValue> _set = [];
    private readonly HashSet<string> _remove = [];
    private readonly List<string> _also = [];
    private readonly List<string> _alsoNames = [];
    private readonly Dictionary<string, AttributeValue> _alsoValues = [];
    private readonly int? _version;

    /// <param name="version">The version that it was decided on; null: whatever it is.</param>
    public EndpointChange(EndpointTransition row, DateTimeOffset now, int? version)
    {
        _row = row;
        _version = version;
        _set[StoredNames.WriteToken] = StoredValue.Of(WriteToken);

        if (row.RaisesVersion)
        {
            _set[StoredNames.LastUpdatedAt] = StoredValue.Of(now);
        }

        if (row.To is { } to)
        {
            _set[StoredNames.Status] = StoredValue.Of(to.Text());
        }
    }

    public EndpointTransition Row => _row;

    public string WriteToken { get; } = Guid.NewGuid().ToString("N")[..12];

    /// <param name="value">Null: it is removed.</param>
    public EndpointChange Set(EndpointField field, AttributeValue? value) => Set(field, NamesOf[field] is [var only] ? only : throw new ArgumentException($"{field} has several names.", nameof(field)), value);

    /// <param name="name">One of the field's, of one that has several.</param>
    /// <param name="value">Null: it is removed.</param>
    public EndpointChange Set(EndpointField field, string name, AttributeValue? value)
    {
        if (!_row.Writes.Contains(field) || !NamesOf[field].Contains(name))
        {
            throw new InvalidOperationException($"{_row} does not write {field} ({name}).");
        }

        if (value is null)
        {
            _remove.Add(name);
        }
        else
        {
            _set[name] = value;
        }

        return this;
    }

    /// <summary>What makes one state of an endpoint of another, in what tells how it fares. Applies only to what was read.</summary>
    public static EndpointChange Between(EndpointTransition row, EndpointRecord before, EndpointRecord after, DateTimeOffset now, int? version = null)
    {
        var change = new EndpointChange(row, now, version).OnlyIf(StoredNames.WriteToken, before.WriteToken is { } token ? StoredValue.Of(token) : null);

        change.SetIfOther(EndpointField.PausedUntil, before.PausedUntil, after.PausedUntil, StoredValue.Of);
        change.SetIfOther(EndpointField.StatusSince, before.StatusSince, after.StatusSince, StoredValue.Of);
        change.SetIfOther(EndpointField.LastSuccessAt, before.LastSuccessAt, after.LastSuccessAt, StoredValue.Of);
        change.SetIfOther(EndpointField.WarnedAt, before.WarnedAt, after.WarnedAt, StoredValue.Of);

        if (before.DisabledReason != after.DisabledReason)
        {
            change.Set(EndpointField.DisabledReason, after.DisabledReason is { } reason ? StoredValue.Of(reason) : null);
        }

        if (before.Probe != after.Probe)
        {
            change.Set(EndpointField.Probe, after.Probe is { } probe ? StoredValue.Of(probe) : null);
        }

        if (before.FailingSince != after.FailingSince || before.Trouble != after.Trouble)
        {
            change.Fails(after.FailingSince, after.Trouble);
        }

        if (!before.Owed.SequenceEqual(after.Owed))
        {
            change.Set(EndpointField.Owed, after.Owed.Count == 0 ? null : EndpointItem.Owed(after.Owed));
        }

        return before.DueAt == after.DueAt ? change : change.Due(before.Owner, after.DueAt);
    }

    /// <summary>Since when it fails, and with which attempt that began.</summary>
    public EndpointChange Fails(DateTimeOffset? since, EndpointTrouble? trouble) => this
        .Set(EndpointField.FailingSince, StoredNames.EndpointItem.FailingSince, since is { } time ? StoredValue.Of(time) : null)
        .Set(EndpointField.FailingSince, StoredNames.EndpointItem.Trouble, trouble is null ? null : EndpointItem.Trouble(trouble));

    private void SetIfOther(EndpointField field, DateTimeOffset? before, DateTimeOffset? after, Func<DateTimeOffset, AttributeValue> write)
    {
        if (before != after)
        {
            Set(field, after is { } time ? write(time) : null);
        }
    }

    /// <summary>All of a field is removed.</summary>
    public EndpointChange Remove(EndpointField field)
    {
        foreach (var name in NamesOf[field])
        {
            Set(field, name, null);
        }

        return this;
    }

    /// <summary>When it is to be looked at.</summary>
    /// <param name="dueAt">Null: not any more.</param>
    public EndpointChange Due(string owner, DateTimeOffset? dueAt) => dueAt is { } time
        ? Set(EndpointField.DueAt, StoredNames.DueShard, StoredValue.Of(Shards.Watch(owner))).Set(EndpointField.DueAt, StoredNames.DueAt, StoredValue.Of(time))
        : Remove(EndpointField.DueAt);

    /// <summary>Applies only where an attribute is what it was when this was decided.</summary>
    /// <param name="seen">Null: it was not there.</param>
    public EndpointChange OnlyIf(string name, AttributeValue? seen)
    {
        _also.Add(seen is null ? $"attribute_not_exists(#{name})" : $"#{name} = :seen_{name}");

        if (seen is not null)
        {
            _alsoValues[$":seen_{name}"] = seen;
        }

        _alsoNames.Add(name);
        return this;
    }

    public UpdateItemRequest ToRequest(string tableName, EndpointKey key)
    {
        var sets = _set.Keys.Select(name => $"#{name} = :{name}");
        var removes = _remove.Count == 0 ? "" : " REMOVE " + string.Join(", ", _remove.Select(name => "#" + name));
        var from = _row.From.Select((status, index) => ($":from{index}", StoredValue.Of(status.Text()))).ToArray();
        var condition = $"({string.Join(" OR ", from.Select(one => $"#{StoredNames.Status} = {one.Item1}"))})";

        var values = _set.ToDictionary(value => ":" + value.Key, value => value.Value);

        if (_row.RaisesVersion)
        {
            sets = sets.Append($"#{StoredNames.Version} = #{StoredNames.Version} + :one");
            values[":one"] = StoredValue.Of(1);
        }

        foreach (var (name, value) in _alsoValues)
        {
            values[name] = value;
        }

        foreach (var also in _also)
        {
            condition += $" AND {also}";
        }

        foreach (var (name, value) in from)
        {
            values[name] = value;
        }

        if (_version is { } version)
        {
            condition += $" AND #{StoredNames.Version} = :version";
            values[":version"] = StoredValue.Of(version);
        }

        return new UpdateItemRequest
        {
            TableName = tableName,
            Key = EndpointItem.Key(key),
            UpdateExpression = $"SET {string.Join(", ", sets)}{removes}",
            ConditionExpression = condition,
            ExpressionAttributeNames = _set.Keys.Concat(_remove).Concat(_alsoNames).Concat(_row.RaisesVersion || _version is not null ? [StoredNames.Version, StoredNames.Status] : [StoredNames.Status]).Distinct().ToDictionary(name => "#" + name, name => name),
            ExpressionAttributeValues = values,
            ReturnValues = ReturnValue.ALL_NEW,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };
    }
}
