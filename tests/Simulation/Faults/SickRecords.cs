using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Storage;
using Waybill.Simulation.Runs;
using Waybill.Simulation.Table;
using Waybill.StatusService.Store.Items;

namespace Waybill.Simulation.Faults;

/// <summary>
/// Records that answer an error to whoever asks for them, however often. Nobody else may have anything of it; and one that is healed
/// must come to its end.
/// </summary>
internal sealed class SickRecords(World world)
{
    private static readonly TimeSpan LongestIllness = TimeSpan.FromSeconds(90);

    private readonly Dictionary<string, Ailment> _ailments = [];
    private readonly Dictionary<string, Damage> _damages = [];
    private readonly HashSet<string> _toBeHealed = [];
    private readonly HashSet<string> _named = [];

    public bool IsSick(string id) => _ailments.ContainsKey(id);

    /// <summary>Nothing will change about them any more by itself.</summary>
    public bool IsSettled => _toBeHealed.Count == 0;

    /// <summary>Some process has said in a warning which record it is.</summary>
    public bool IsNamed(string id) => _named.Contains(id);

    /// <summary>A line of a log.</summary>
    public void Heard(string line)
    {
        foreach (var id in _ailments.Keys.Where(id => line.Contains(id, StringComparison.Ordinal)))
        {
            _named.Add(id);
        }
    }

    /// <summary>One of those that are stored falls ill.</summary>
    public void Strike()
    {
        var healthy = world.Table.Items.Where(item => IsState(item) && !IsSick(item[StoredNames.Id].S)).ToList();

        if (healthy.Count == 0)
        {
            return;
        }

        var item = healthy[world.Random.Next(healthy.Count)];
        var id = item[StoredNames.Id].S;
        var ailment = world.Random.Next(2) == 0 ? Ailment.Damaged : (Ailment)world.Random.Next(Enum.GetValues<Ailment>().Length);
        _ailments[id] = ailment;

        if (ailment == Ailment.Damaged)
        {
            var damage = Damage.Any(item, world.Random);
            _damages[id] = damage;
            world.Table.Impose(item, damage.ApplyTo(item));
        }

        world.Trace.Write("table", $"!{id} is {ailment} {_damages.GetValueOrDefault(id)?.Name}");

        if (world.Random.Next(2) == 0)
        {
            _toBeHealed.Add(id);
            world.Loop.After(LongestIllness * world.Random.NextDouble(), () => Heal(id));
        }
    }

    /// <summary>As the record would be read if it were well.</summary>
    public Item Well(Item item) => _damages.TryGetValue(item[StoredNames.Id].S, out var damage) && IsState(item) ? damage.Heal(item) : item;

    /// <summary>Throws what DynamoDB answers to a request for a sick record.</summary>
    public void Meet(AmazonDynamoDBRequest request)
    {
        var key = request switch
        {
            GetItemRequest get => get.Key,
            UpdateItemRequest update => update.Key,
            PutItemRequest put => put.Item,
            _ => null,
        };

        if (key is null || !IsState(key) || !_ailments.TryGetValue(key[StoredNames.Id].S, out var ailment))
        {
            return;
        }

        switch (ailment)
        {
            case Ailment.Refused:
                throw TableErrors.Validation("One or more parameter values were invalid");

            case Ailment.TooLarge when request is not GetItemRequest:
                throw TableErrors.Validation("Item size to update has exceeded the maximum allowed size");

            case Ailment.ServerError:
                throw new AmazonDynamoDBException("Internal server error.") { StatusCode = HttpStatusCode.InternalServerError };
        }
    }

    private void Heal(string id)
    {
        world.Trace.Write("table", $"!{id} is well again");
        _toBeHealed.Remove(id);
        _ailments.Remove(id);
        _named.Remove(id);

        if (_damages.Remove(id, out var damage) && world.Table.Find(StateItem.Key(id)) is { } item)
        {
            world.Table.Impose(item, damage.Heal(item));
        }
    }

    private static bool IsState(Item item) => item[StoredNames.Kind].S == TableDefinition.StateItem;
}
