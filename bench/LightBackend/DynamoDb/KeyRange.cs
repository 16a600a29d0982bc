using System.Text.Json;
using System.Text.RegularExpressions;

namespace Waybill.LightBackend.DynamoDb;

/// <summary>What a query asks of the table or of an index. The forms of a key condition that the services use, and no other.</summary>
/// <param name="Index">Null for the table itself.</param>
internal sealed partial record KeyRange(string? Index, string Partition, SortValue From, SortValue To, bool Forward, int Limit, Item? StartAfter)
{
    public static KeyRange Read(JsonElement request)
    {
        var condition = request.GetProperty("KeyConditionExpression").GetString()!;
        var parts = Condition().Match(condition);

        if (!parts.Success)
        {
            throw new AwsError(DynamoDbOperations.Validation, $"'{condition}' is not supported.");
        }

        var values = ItemJson.Read(request.GetProperty("ExpressionAttributeValues"));

        return new KeyRange(
            request.TryGetProperty("IndexName", out var index) ? index.GetString() : null,
            values[parts.Groups["partition"].Value].S,
            Bound(values, parts.Groups["from"], SortValue.First),
            Bound(values, parts.Groups["to"], SortValue.Last),
            !request.TryGetProperty("ScanIndexForward", out var forward) || forward.GetBoolean(),
            request.TryGetProperty("Limit", out var limit) ? limit.GetInt32() : int.MaxValue,
            ItemJson.ReadOptional(request, "ExclusiveStartKey"));
    }

    private static SortValue Bound(Item values, Group name, SortValue without) => name.Success ? SortValue.Of(values[name.Value])!.Value : without;

    [GeneratedRegex(@"^#\w+ = (?<partition>:\w+)( AND #\w+ (<= (?<to>:\w+)|BETWEEN (?<from>:\w+) AND (?<to>:\w+)))?$")]
    private static partial Regex Condition();
}
