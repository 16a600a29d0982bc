using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Endpoints;

/// <summary>
/// One conditional write to an endpoint, built from a row of its table of transitions. It refuses to touch what the row does not name. It raises the
/// version and carries a write token, as those to notifications do.
/// </summary>
internal sealed class EndpointChange
{
    private static readonly Dictionary<EndpointField, string> NameOf = new()
    {
        [EndpointField.Url] = StoredNames.Url,
        [EndpointField.Description] = StoredNames.EndpointItem.Description,
        [EndpointField.Types] = StoredNames.EndpointItem.Types,
        [EndpointField.Headers] = StoredNames.Request.Headers,
        [EndpointField.TimeoutSeconds] = StoredNames.TimeoutSeconds,
        [EndpointField.RetrySchedule] = StoredNames.RetrySchedule,
        [EndpointField.Secrets] = StoredNames.EndpointItem.Secrets,
        [EndpointField.ExpiresAt] = StoredNames.ExpiresAt,
    };

    private readonly EndpointTransition _row;
    private readonly Dictionary<string, AttributeValue> _set = [];
    private readonly List<string> _remove = [];
    private readonly int? _version;

    /// <param name="version">The version that it was decided on; null: whatever it is.</param>
    public EndpointChange(EndpointTransition row, DateTimeOffset now, int? version)
    {
        _row = row;
        _version = version;
        _set[StoredNames.LastUpdatedAt] = StoredValue.Of(now);
        _set[StoredNames.WriteToken] = StoredValue.Of(WriteToken);

        if (row.To is { } to)
        {
            _set[StoredNames.Status] = StoredValue.Of(to.Text());
        }
    }

    public EndpointTransition Row => _row;

    public string WriteToken { get; } = Guid.NewGuid().ToString("N")[..12];

    /// <param name="value">Null: it is removed.</param>
    public EndpointChange Set(EndpointField field, AttributeValue? value)
    {
        if (!_row.Writes.Contains(field))
        {
            throw new InvalidOperationException($"{_row} does not write {field}.");
        }

        if (value is null)
        {
            _remove.Add(NameOf[field]);
        }
        else
        {
            _set[NameOf[field]] = value;
        }

        return this;
    }

    public UpdateItemRequest ToRequest(string tableName, EndpointKey key)
    {
        var sets = _set.Keys.Select(name => $"#{name} = :{name}").Append($"#{StoredNames.Version} = #{StoredNames.Version} + :one");
        var removes = _remove.Count == 0 ? "" : " REMOVE " + string.Join(", ", _remove.Select(name => "#" + name));
        var from = _row.From.Select((status, index) => ($":from{index}", StoredValue.Of(status.Text()))).ToArray();
        var condition = $"({string.Join(" OR ", from.Select(one => $"#{StoredNames.Status} = {one.Item1}"))})";

        var values = _set.ToDictionary(value => ":" + value.Key, value => value.Value);
        values[":one"] = StoredValue.Of(1);

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
            ExpressionAttributeNames = _set.Keys.Concat(_remove).Append(StoredNames.Version).Append(StoredNames.Status).Distinct().ToDictionary(name => "#" + name, name => name),
            ExpressionAttributeValues = values,
            ReturnValues = ReturnValue.ALL_NEW,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };
    }
}
