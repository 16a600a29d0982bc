using System.Text.RegularExpressions;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Storage;
using Waybill.Simulation.Mutations;
using Waybill.Simulation.Processes;
using Waybill.StatusService.Store.Items;

namespace Waybill.Simulation.Table;

/// <summary>What a status service of another release writes, and what it sees of an item.</summary>
internal static partial class ReleaseOfTable
{
    /// <summary>What this release has added.</summary>
    private static readonly string[] NewAttributes = ["dsp", "wr", "rda", "lan", "fs", "failedShard", "failedAt", "correlation", "evt", "typ", "tnt", "endpoint"];

    public static AmazonDynamoDBRequest Written(Release writer, AmazonDynamoDBRequest request)
    {
        switch (writer, request)
        {
            case (Release.After, PutItemRequest put):
                put.Item[Releases.Unknown] = New();
                break;

            // Once: a request that is tried again is the same.
            case (Release.After, UpdateItemRequest update) when !update.ExpressionAttributeNames.ContainsKey("#" + Releases.Unknown):
                update.UpdateExpression = update.UpdateExpression.Replace("SET ", $"SET #{Releases.Unknown} = :{Releases.Unknown}, ", StringComparison.Ordinal);
                update.ExpressionAttributeNames["#" + Releases.Unknown] = Releases.Unknown;
                update.ExpressionAttributeValues[":" + Releases.Unknown] = New();
                Decorate(update.ExpressionAttributeValues);
                break;

            case (Release.Before, PutItemRequest put):
                Strip(put.Item);

                if (put.Item.ContainsKey(StoredNames.CreatedShard))
                {
                    put.Item[StoredNames.CreatedShard] = StoredValue.Of(Shards.Created(put.Item.RequiredTime(StoredNames.CreatedAt), put.Item[StoredNames.Id].S));
                }

                break;

            case (Release.Before, UpdateItemRequest update):
                WithoutNew(update);
                break;
        }

        return request;
    }

    /// <summary>The answer to a write that a release does not make; null for all others.</summary>
    public static object? Answer(Release writer, AmazonDynamoDBRequest request) =>
        writer == Release.Before && request is PutItemRequest put && put.Item[StoredNames.Id].S.StartsWith(TableDefinition.Partitions, StringComparison.Ordinal)
            ? new PutItemResponse()
            : null;

    public static object Read(Release reader, object answer)
    {
        if (reader == Release.Before)
        {
            switch (answer)
            {
                case GetItemResponse get:
                    Strip(get.Item);
                    break;

                case UpdateItemResponse update:
                    Strip(update.Attributes);
                    break;

                case ConditionalCheckFailedException refused:
                    Strip(refused.Item);
                    break;
            }
        }

        return answer;
    }

    private static AttributeValue New() => new() { M = new() { ["since"] = new() { S = "the release after" } } };

    /// <summary>Results and entries of the history, too, have more in them.</summary>
    private static void Decorate(Item values)
    {
        values.GetValueOrDefault(":" + StoredNames.DeliveryResult)?.M?.TryAdd(Releases.Unknown, New());

        foreach (var entry in values.GetValueOrDefault(":" + StoredNames.History)?.L ?? [])
        {
            entry.M.TryAdd(Releases.Unknown, New());
        }
    }

    /// <summary>A copy of a stored item, as the table hands out.</summary>
    private static void Strip(Item? item)
    {
        foreach (var name in NewAttributes)
        {
            item?.Remove(name);
        }
    }

    private static void WithoutNew(UpdateItemRequest update)
    {
        var parts = update.UpdateExpression.Split(" REMOVE ");
        var sets = Clauses().Split(parts[0]["SET ".Length..]).Where(clause => !IsNew(clause));
        var removes = parts.Length == 1 ? [] : parts[1].Split(", ").Where(clause => !IsNew(clause)).ToArray();

        update.UpdateExpression = "SET " + string.Join(", ", sets) + (removes.Length == 0 ? "" : " REMOVE " + string.Join(", ", removes));
        update.ConditionExpression = NewCondition().Replace(update.ConditionExpression, "");
        Mutation.DropUnused(update);
    }

    private static bool IsNew(string clause) => NewAttributes.Any(name => clause == "#" + name || clause.StartsWith($"#{name} ", StringComparison.Ordinal));

    /// <summary>Commas that no bracket encloses.</summary>
    [GeneratedRegex(@", (?=#\w+ = )")]
    private static partial Regex Clauses();

    [GeneratedRegex(@" AND \(attribute_not_exists\(#lan\)[^)]*\)")]
    private static partial Regex NewCondition();
}
