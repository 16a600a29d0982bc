using Amazon.DynamoDBv2.Model;
using Waybill.StatusService.Store.Items;

namespace Waybill.Simulation.Faults;

/// <summary>One attribute of a stored record that cannot be read.</summary>
/// <param name="Original">Null: it was not there.</param>
/// <param name="Instead">Null: it is missing now.</param>
internal sealed record Damage(string Name, AttributeValue? Original, AttributeValue? Instead)
{
    private static readonly Func<Item, Damage>[] Kinds =
    [
        item => Of(item, StoredNames.Status, new() { S = "ON_HOLD" }),
        item => Of(item, StoredNames.Version, new() { S = "three" }),
        item => Of(item, StoredNames.Url, null),
        item => Of(item, StoredNames.Fingerprint, null),
        item => Of(item, StoredNames.MaxAttempts, new() { N = "1E30" }),
        item => Of(item, StoredNames.LastUpdatedAt, new() { N = "99999999999999999" }),
        item => Of(item, StoredNames.DueAt, new() { N = "-99999999999999999" }),
        item => Of(item, StoredNames.History, new() { S = "none" }),
        item => Of(item, StoredNames.History, new() { L = [new() { M = [] }] }),
        item => Of(item, StoredNames.DeliveryResult, new() { M = new() { ["cat"] = new() { N = "7" } } }),
        item => Of(item, StoredNames.RetrySchedule, new() { L = [new() { S = "soon" }] }),
    ];

    public static Damage Any(Item item, Random random) => Kinds[random.Next(Kinds.Length)](item);

    public bool IsIn(Item item) => ReferenceEquals(item.GetValueOrDefault(Name), Instead);

    public Item ApplyTo(Item item) => With(item, Instead);

    /// <summary>As it would be without; where the attribute has been written since, as it is, unless that only added to it.</summary>
    public Item Heal(Item item) =>
        IsIn(item) ? With(item, Original)
        : AddedTo(item) is { } added ? With(item, new() { L = [.. Original?.L ?? [], .. added] })
        : item;

    /// <summary>What a worker that had its lease before has added to a list; null where none has.</summary>
    private List<AttributeValue>? AddedTo(Item item) =>
        Instead?.L is [var damaged, ..] && item.GetValueOrDefault(Name)?.L is [var first, .. var added] && ReferenceEquals(first, damaged) ? added : null;

    private Item With(Item item, AttributeValue? value)
    {
        var changed = new Item(item);

        if (value is null)
        {
            changed.Remove(Name);
        }
        else
        {
            changed[Name] = value;
        }

        return changed;
    }

    private static Damage Of(Item item, string name, AttributeValue? instead) => new(name, item.GetValueOrDefault(name), instead);
}
