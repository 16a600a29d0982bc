using System.Text.RegularExpressions;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Transitions;
using Waybill.Simulation.Processes;
using Waybill.Simulation.Runs;

namespace Waybill.Simulation.Mutations;

/// <summary>A deliberate bug: in a row of the transition table, between the services and their backends, or at the worker's gate to a host.</summary>
internal sealed record Mutation(string Name)
{
    public static readonly Mutation None = new("none");

    /// <summary>The route whose requests to the table are changed; null for all.</summary>
    public string? Route { get; init; }

    public Action<UpdateItemRequest>? OfUpdate { get; init; }

    public Action<PutItemRequest>? OfPut { get; init; }

    public Action<QueryRequest>? OfQuery { get; init; }

    /// <summary>Changes an endpoint as a status service reads it; the other is as it was created.</summary>
    public Action<Item, Item>? OfEndpoint { get; init; }

    /// <summary>Does something to the table of its own before a request takes effect there.</summary>
    public Action<World, AmazonDynamoDBRequest>? OfArrival { get; init; }

    /// <summary>Does something to the table of its own after an endpoint was read.</summary>
    public Action<World, Item>? AfterRead { get; init; }

    /// <summary>Does something to the table of its own after a write.</summary>
    public Action<World, Item>? AfterWrite { get; init; }

    /// <summary>Changes a notification as a status service reads it.</summary>
    public Action<Item>? OfState { get; init; }

    /// <summary>Answers in the table's place, which is then not asked; null where it is.</summary>
    public Func<AmazonDynamoDBRequest, object?>? OfTable { get; init; }

    /// <summary>Answers in the status service's place with that status code; null where it answers itself.</summary>
    public Func<StatusRequest, int?> OfCall { get; init; } = _ => null;

    /// <summary>Changes the status code that the status service answers with.</summary>
    public Func<int, int> OfStatus { get; init; } = status => status;

    /// <summary>The runs in which it is looked for; null: those about everything.</summary>
    public string? Theme { get; init; }

    /// <summary>A seed that has found it, where the first few do not: looked at before all others.</summary>
    public int? KnownSeed { get; init; }

    /// <summary>The message is deleted before the delivery is made.</summary>
    public bool AcknowledgesFirst { get; init; }

    /// <summary>A failed call does not give back its pass to the host.</summary>
    public bool KeepsPassesOfFailedCalls { get; init; }

    public (Transition Row, FromState State, FromState Instead)? OfRow { get; init; }

    /// <summary>Changes the table's row, for all runs in the process, until <see cref="Leave"/>.</summary>
    public void Enter()
    {
        if (OfRow is var (row, state, instead))
        {
            Replace(row, state, instead);
        }
    }

    public void Leave()
    {
        if (OfRow is var (row, state, instead))
        {
            Replace(row, instead, state);
        }
    }

    public AmazonDynamoDBRequest Rewrite(AmazonDynamoDBRequest request, Cause? cause)
    {
        if (Route is not null && Route != cause?.Route)
        {
            return request;
        }

        switch (request)
        {
            case UpdateItemRequest update when OfUpdate is not null:
                OfUpdate(update);
                DropUnused(update);
                break;

            case PutItemRequest put:
                OfPut?.Invoke(put);
                break;

            case QueryRequest query:
                OfQuery?.Invoke(query);
                break;
        }

        return request;
    }

    /// <summary>The answer in the table's place; null when the table is to be asked.</summary>
    public object? Answer(AmazonDynamoDBRequest request, Cause? cause) =>
        Route is null || Route == cause?.Route ? OfTable?.Invoke(request) : null;

    /// <param name="created">The same as it was created.</param>
    public void Read(Item endpoint, Item created, Cause? cause)
    {
        if (Route is null || Route == cause?.Route)
        {
            OfEndpoint?.Invoke(endpoint, created);
        }
    }

    public void Arrives(World world, AmazonDynamoDBRequest request, Cause? cause)
    {
        if (Route is null || Route == cause?.Route)
        {
            OfArrival?.Invoke(world, request);
        }
    }

    public void IsRead(World world, Item endpoint, Cause? cause)
    {
        if (Route is null || Route == cause?.Route)
        {
            AfterRead?.Invoke(world, endpoint);
        }
    }

    public void ReadState(Item state, Cause? cause)
    {
        if (Route is null || Route == cause?.Route)
        {
            OfState?.Invoke(state);
        }
    }

    private static void Replace(Transition row, FromState state, FromState instead)
    {
        var from = (FromState[])row.From;
        from[Array.IndexOf(from, state)] = instead;
    }

    /// <summary>DynamoDB refuses placeholders that no expression uses.</summary>
    public static void DropUnused(UpdateItemRequest update)
    {
        var text = update.UpdateExpression + " " + update.ConditionExpression + " ";
        Drop(update.ExpressionAttributeNames, text);
        Drop(update.ExpressionAttributeValues, text);
    }

    private static void Drop<T>(Dictionary<string, T> placeholders, string text)
    {
        foreach (var name in placeholders.Keys.Where(name => !Regex.IsMatch(text, name + @"\W")).ToArray())
        {
            placeholders.Remove(name);
        }
    }
}
