using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Waybill.LightBackend.DynamoDb;

/// <summary>What a query asks of an index. The two forms of a key condition that the services use, and no other.</summary>
internal sealed partial record KeyRange(string Index, string Partition, decimal From, decimal To, bool Forward, int Limit, Item? StartAfter)
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
        var isRange = parts.Groups["from"].Success;

        return new KeyRange(
            request.GetProperty("IndexName").GetString()!,
            values[parts.Groups["partition"].Value].S,
            isRange ? Number(values, parts.Groups["from"]) : decimal.MinValue,
            Number(values, parts.Groups["to"]),
            !request.TryGetProperty("ScanIndexForward", out var forward) || forward.GetBoolean(),
            request.TryGetProperty("Limit", out var limit) ? limit.GetInt32() : int.MaxValue - 1,
            ItemJson.ReadOptional(request, "ExclusiveStartKey"));
    }

    private static decimal Number(Item values, Group name) => decimal.Parse(values[name.Value].N, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^#\w+ = (?<partition>:\w+) AND #\w+ (<= (?<to>:\w+)|BETWEEN (?<from>:\w+) AND (?<to>:\w+))$")]
    private static partial Regex Condition();
}
