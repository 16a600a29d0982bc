using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Waybill.Simulation.Table;

internal static class TableErrors
{
    /// <summary>What DynamoDB answers to a request that it cannot read.</summary>
    public static AmazonDynamoDBException Validation(string message) =>
        new(message, ErrorType.Sender, "ValidationException", "", HttpStatusCode.BadRequest);

    public static ConditionalCheckFailedException ConditionFailed(Item? old) =>
        new("The conditional request failed", ErrorType.Sender, "ConditionalCheckFailedException", "", HttpStatusCode.BadRequest) { Item = old };
}
