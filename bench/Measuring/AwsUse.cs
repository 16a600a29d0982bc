namespace Waybill.Bench.Measuring;

/// <summary>What was asked of AWS, for each notification. Looks for due notifications and long polls without a message are in it.</summary>
internal sealed record AwsUse
{
    private const string DynamoDb = "DynamoDB";
    private const string Sqs = "SQS";

    public required double DynamoDbCalls { get; init; }
    public required double WriteUnits { get; init; }
    public required double ReadUnits { get; init; }
    public required double DynamoDbBytes { get; init; }
    public required double SqsCalls { get; init; }
    public required double SqsBytes { get; init; }

    /// <summary>Calls by operation.</summary>
    public required IReadOnlyDictionary<string, double> Operations { get; init; }

    /// <param name="notifications">1 for the sums themselves.</param>
    public static AwsUse Of(IReadOnlyList<Totals> services, double notifications)
    {
        return new AwsUse
        {
            DynamoDbCalls = Each("waybill.aws.calls", tags => tags[1] == DynamoDb),
            WriteUnits = Each("waybill.dynamodb.capacity", tags => tags[1] == "write"),
            ReadUnits = Each("waybill.dynamodb.capacity", tags => tags[1] == "read"),
            DynamoDbBytes = Each("waybill.aws.bytes", tags => tags[2] == DynamoDb),
            SqsCalls = Each("waybill.aws.calls", tags => tags[1] == Sqs),
            SqsBytes = Each("waybill.aws.bytes", tags => tags[2] == Sqs),
            Operations = services
                .SelectMany(service => service.Of("waybill.aws.calls"))
                .GroupBy(calls => $"{calls.Tags[1]} {calls.Tags[0]}")
                .OrderBy(operation => operation.Key, StringComparer.Ordinal)
                .ToDictionary(operation => operation.Key, operation => Math.Round(operation.Sum(calls => calls.Value) / notifications, 4)),
        };

        double Each(string name, Func<string[], bool> wanted) => Math.Round(services.Sum(service => service.Sum(name, wanted)) / notifications, 4);
    }
}
