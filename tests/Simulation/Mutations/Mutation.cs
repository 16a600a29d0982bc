using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Waybill.Simulation.Processes;

namespace Waybill.Simulation.Mutations;

/// <summary>A deliberate bug, put between the services and the table, or the transport and the queue.</summary>
internal record Mutation(string Name)
{
    public static readonly Mutation None = new("none");

    /// <summary>The message is deleted before the delivery is made.</summary>
    public bool AcknowledgesFirst { get; init; }

    public Action<UpdateItemRequest>? OfUpdate { get; init; }

    public Action<PutItemRequest>? OfPut { get; init; }

    /// <summary>The route it is about; null for all.</summary>
    public string? Route { get; init; }

    public AmazonDynamoDBRequest Rewrite(AmazonDynamoDBRequest request, Cause? cause)
    {
        if (Route is not null && Route != cause?.Route)
        {
            return request;
        }

        switch (request)
        {
            case UpdateItemRequest update when OfUpdate is not null:
                return Rewritten(update);

            case PutItemRequest put when OfPut is not null:
                OfPut(put);
                return put;

            default:
                return request;
        }
    }

    private UpdateItemRequest Rewritten(UpdateItemRequest update)
    {
        OfUpdate!(update);
        var text = update.UpdateExpression + " " + update.ConditionExpression + " ";
        Keep(update.ExpressionAttributeNames, text);
        Keep(update.ExpressionAttributeValues, text);
        return update;
    }

    /// <summary>DynamoDB refuses placeholders that no expression uses.</summary>
    private static void Keep<T>(Dictionary<string, T> placeholders, string text)
    {
        foreach (var name in placeholders.Keys.Where(name => !System.Text.RegularExpressions.Regex.IsMatch(text, name + @"\W")).ToArray())
        {
            placeholders.Remove(name);
        }
    }
}
