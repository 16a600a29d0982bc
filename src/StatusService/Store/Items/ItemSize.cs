using Amazon.DynamoDBv2;

namespace Waybill.StatusService.Store.Items;

/// <summary>DynamoDB's limit for one item: 400 KB.</summary>
internal static class ItemSize
{
    /// <summary>Whether a write was refused, for good, because it would make the item too large.</summary>
    public static bool IsExceeded(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            // "Item size has exceeded the maximum allowed size", "Item size to update has exceeded the maximum allowed size".
            if (exception is AmazonDynamoDBException { ErrorCode: "ValidationException" }
                && exception.Message.Contains("Item size", StringComparison.OrdinalIgnoreCase)
                && exception.Message.Contains("exceeded", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
