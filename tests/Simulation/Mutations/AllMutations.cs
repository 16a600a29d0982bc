using System.Text.RegularExpressions;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.StatusApi;
using Waybill.StatusService.Store;

namespace Waybill.Simulation.Mutations;

/// <summary>The deliberate bugs that the simulator must find.</summary>
internal static class AllMutations
{
    /// <summary>A bug that survives more seeds than that counts as not found.</summary>
    public const int MostSeeds = 3000;

    public static IReadOnlyList<Mutation> List { get; } =
    [
        new("a result is recorded without the lease token")
        {
            Route = StatusRoutes.Result,
            OfUpdate = update => Condition(update, @" AND #lt = :fence", ""),
        },
        new("a claim ignores a live lease")
        {
            Route = StatusRoutes.Claim,
            OfUpdate = update => Condition(update, @" AND #lu <= :now", ""),
        },
        new("a claim takes what is final")
        {
            Route = StatusRoutes.Claim,
            OfUpdate = update => Condition(update, @"^\(.*?<= :now\)\)", "(attribute_exists(#status))"),
        },
        new("accepted without a due time")
        {
            OfPut = put => Remove(put.Item, StoredNames.DueAt, StoredNames.DueShard),
        },
        new("accepted over an existing record")
        {
            Route = "POST notifications",
            OfPut = put =>
            {
                put.ConditionExpression = null;
                put.ExpressionAttributeNames = null;
                put.ExpressionAttributeValues = null;
            },
        },
        new("the retry time is only in the queue")
        {
            Route = StatusRoutes.Result,
            OfUpdate = update => Update(update, @", #dueAt = :dueAt", " REMOVE #dueAt"),
        },
        new("dispatched without a due time for the case that the send is lost")
        {
            Route = StatusRoutes.Redispatch,
            OfUpdate = update => Update(update, @", #dueAt = :dueAt(.*)$", "$1 REMOVE #dueAt"),
        },
        new("two Dispatchers dispatch one due record")
        {
            Route = StatusRoutes.Redispatch,
            OfUpdate = update => Condition(update, @" AND #dueAt = :fence AND #dueAt <= :now", ""),
        },
        new("a roll back without the version")
        {
            Route = StatusRoutes.RollBack,
            OfUpdate = update => Condition(update, @" AND #ver = :fence", ""),
        },
        new("a claim does not put the due time behind its lease")
        {
            Route = StatusRoutes.Claim,
            OfUpdate = update => Update(update, @", #dueAt = :dueAt", ""),
        },
        new("cancel takes what a worker is delivering")
        {
            Route = StatusRoutes.Cancel,
            OfUpdate = update => Condition(update, @"#status = :QUEUED", "#status = :PROCESSING"),
        },
        new("a retry does not wait for its time")
        {
            Route = StatusRoutes.Claim,
            OfUpdate = update => Condition(update, @" AND #nxt <= :now", ""),
        },
        new("the message is deleted before the delivery, and the table knows no due time")
        {
            AcknowledgesFirst = true,
            Route = StatusRoutes.Claim,
            OfUpdate = update => Update(update, "$", ", #dueAt, #dueShard"),
        },
    ];

    private static void Condition(UpdateItemRequest update, string pattern, string replacement) =>
        update.ConditionExpression = Regex.Replace(update.ConditionExpression, pattern, replacement);

    private static void Update(UpdateItemRequest update, string pattern, string replacement) =>
        update.UpdateExpression = Regex.Replace(update.UpdateExpression, pattern, replacement);

    private static void Remove(Dictionary<string, AttributeValue> item, params string[] names)
    {
        foreach (var name in names)
        {
            item.Remove(name);
        }
    }
}
