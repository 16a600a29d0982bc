using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Redeliveries;

/// <summary>One conditional write to a job that runs. It raises the version and carries a write token, as those to notifications do.</summary>
internal sealed class JobChange
{
    private const string Running = "running";

    private readonly Item _set = [];
    private readonly HashSet<string> _remove = [];
    private readonly Item _conditionValues = new() { [Running] = StoredValue.Of("RUNNING") };
    private readonly List<string> _conditions = [$"#{StoredNames.Status} = :{Running}"];
    private readonly HashSet<string> _names = [StoredNames.Status, StoredNames.Version];

    public JobChange(DateTimeOffset now)
    {
        Set(StoredNames.LastUpdatedAt, StoredValue.Of(now));
        Set(StoredNames.WriteToken, StoredValue.Of(WriteToken));
    }

    public string WriteToken { get; } = Guid.NewGuid().ToString("N")[..12];

    public JobChange Set(string name, AttributeValue value)
    {
        _names.Add(name);
        _set[name] = value;
        return this;
    }

    public JobChange Remove(params string[] names)
    {
        _names.UnionWith(names);
        _remove.UnionWith(names);
        return this;
    }

    /// <param name="comparison">Such as <c>=</c>, between what is stored and the value.</param>
    public JobChange OnlyIf(string name, string comparison, AttributeValue value)
    {
        _names.Add(name);
        _conditions.Add($"#{name} {comparison} :if_{name}");
        _conditionValues["if_" + name] = value;
        return this;
    }

    public UpdateItemRequest ToRequest(string tableName, string id)
    {
        var sets = _set.Keys.Select(name => $"#{name} = :{name}").Append($"#{StoredNames.Version} = #{StoredNames.Version} + :one");
        var removes = _remove.Count == 0 ? "" : " REMOVE " + string.Join(", ", _remove.Select(name => "#" + name));

        return new UpdateItemRequest
        {
            TableName = tableName,
            Key = JobItem.Key(id),
            UpdateExpression = $"SET {string.Join(", ", sets)}{removes}",
            ConditionExpression = string.Join(" AND ", _conditions),
            ExpressionAttributeNames = _names.ToDictionary(name => "#" + name, name => name),
            ExpressionAttributeValues = _set.Concat(_conditionValues).Append(new("one", StoredValue.Of(1))).ToDictionary(value => ":" + value.Key, value => value.Value),
            ReturnValues = ReturnValue.ALL_NEW,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
    }
}
