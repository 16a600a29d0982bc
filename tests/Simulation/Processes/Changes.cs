using Amazon.DynamoDBv2.Model;
using Waybill.StatusService.Store.Items;

namespace Waybill.Simulation.Processes;

/// <summary>What an update does, as far as it shows.</summary>
internal static class Changes
{
    /// <summary>Of a digest.</summary>
    public static bool OpensPlan(UpdateItemRequest update) => update.ExpressionAttributeValues.ContainsKey(":" + StoredNames.Digest.Ids);

    /// <summary>Of a notification: its owner was told of its end. The one change of which the status says nothing.</summary>
    public static bool IsTold(UpdateItemRequest update) => !update.UpdateExpression.Contains($"#{StoredNames.Status} =", StringComparison.Ordinal);
}
