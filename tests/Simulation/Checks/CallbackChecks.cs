using System.Text.Json.Nodes;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.Storage;
using Waybill.Simulation.Processes;
using Waybill.Simulation.Runs;
using Waybill.StatusService.Callbacks;
using Waybill.StatusService.Store.Items;

namespace Waybill.Simulation.Checks;

/// <summary>
/// What must hold of what an owner is told: each end and each change of an endpoint in exactly one callback, no callback about a callback, and about one endpoint or host not more
/// than one failure's a second.
/// </summary>
internal sealed class CallbackChecks(World world)
{
    private readonly Dictionary<(string Id, int Epoch), string> _owed = [];
    private readonly Dictionary<(string Id, int Epoch), int> _told = [];
    private readonly Dictionary<(string EndpointId, string Type), int> _changes = [];
    private readonly Dictionary<(string EndpointId, string Type), int> _lostChanges = [];
    private readonly Dictionary<(string EndpointId, string Type), int> _toldChanges = [];

    private bool _isSettled;
    private long _settledAsOf = -1;

    private enum Takes
    {
        Never,
        Sometimes,
        Always,
    }

    /// <summary>Nobody is to be told of anything, no job runs, and nothing is left to do about any endpoint.</summary>
    public bool IsSettled
    {
        get
        {
            if (_settledAsOf != world.Table.Writes)
            {
                _settledAsOf = world.Table.Writes;
                _isSettled = world.Table.Items.All(IsQuiet);
            }

            return _isSettled;
        }
    }

    public void Written(Item? was, Item became)
    {
        if (Cause.Current is not { } cause)
        {
            return;
        }

        var kind = became[StoredNames.Kind].S;

        var problems = kind == TableDefinition.StateItem ? State(was is null ? null : StateItem.Read(world.Sick.Well(was)), StateItem.Read(world.Sick.Well(became)), cause)
            : kind == TableDefinition.Digest ? Plan(was, became, cause)
            : kind == TableDefinition.RequestItem && became.Text(StoredNames.Tenant) == Tenants.Reserved && !EventItem.IsTest(became) ? Callback(became)
            : EndpointId.IsValid(kind) && was is not null ? Endpoint(EndpointItem.Read(was), EndpointItem.Read(became))
            : [];

        foreach (var problem in problems)
        {
            world.Checks.Report($"{became[StoredNames.Id].S}: {problem}");
        }
    }

    /// <returns>What is wrong once all is over.</returns>
    public IEnumerable<string> AtEnd()
    {
        foreach (var ((id, epoch), type) in _owed.Where(owed => Taken(owed.Value) == Takes.Always && _told.GetValueOrDefault(owed.Key) != 1))
        {
            yield return $"{id} ended for the {epoch + 1}. time, and its owner was told by {_told.GetValueOrDefault((id, epoch))} of {type}.";
        }

        foreach (var key in _changes.Keys.Union(_toldChanges.Keys))
        {
            var (most, told) = (_changes.GetValueOrDefault(key), _toldChanges.GetValueOrDefault(key));
            var least = Taken(key.Type) == Takes.Always ? most - _lostChanges.GetValueOrDefault(key) : 0;

            if (told < least || told > most)
            {
                yield return $"Of {key.EndpointId} there was something to tell {most} times, of which {least} were owed, and its owner was told by {told} of {key.Type}.";
            }
        }
    }

    private static bool IsQuiet(Item item) => !item.ContainsKey(StoredNames.DueAt) || (EndpointId.IsValid(item[StoredNames.Kind].S) && EndpointItem.Read(item).Owed.Count == 0);

    private IEnumerable<string> State(NotificationRecord? before, NotificationRecord record, Cause cause)
    {
        var wasOwed = before is not null && OwedCallback.IsOwed(before);

        if (wasOwed && !record.IsFinal && Taken(TypeOf(before!)) == Takes.Always)
        {
            yield return "It is delivered again, and its owner was not told of its end.";
        }

        if (wasOwed && record is { IsFinal: true, DueAt: null } && Taken(TypeOf(record)) == Takes.Always && !_told.ContainsKey((record.Id, record.Epoch)))
        {
            yield return "It counts as told, and nobody was told.";
        }

        if (record.Epoch > (before?.Epoch ?? 0) && cause.Route == Cause.Upkeep)
        {
            world.Endpoints.Probed(record);
        }

        if (!record.IsFinal || before?.IsFinal == true)
        {
            yield break;
        }

        if (record.Status == NotificationStatus.Success && record.Event is { } happened)
        {
            world.Endpoints.Succeeded(happened.EndpointId);
        }

        var isToBeTold = IsToBeTold(record);

        if (isToBeTold)
        {
            _owed[(record.Id, record.Epoch)] = TypeOf(record);
        }

        // Who is told of deliveries is looked up when they are told.
        var takes = !isToBeTold ? Takes.Never : record.Status == NotificationStatus.Success ? Takes.Always : Taken(TypeOf(record));

        if (takes != Takes.Sometimes && takes == Takes.Always != OwedCallback.IsOwed(record))
        {
            yield return $"It ended, and its owner is {(OwedCallback.IsOwed(record) ? "" : "not ")}to be told.";
        }
    }

    private static bool IsToBeTold(NotificationRecord record) => record.Status == NotificationStatus.Success
        ? record is { Notify: true, Event: null }
        : record.Event?.Tenant != Tenants.Reserved && record.DeliveryResult!.Category != DeliveryCategory.Cancelled;

    private static string TypeOf(NotificationRecord record) =>
        record.Status == NotificationStatus.Success ? CallbackTypes.NotificationSucceeded : CallbackTypes.NotificationFailed;

    private static IEnumerable<string> Plan(Item? was, Item became, Cause cause)
    {
        // Whoever waits for one that is to be redelivered is told at once.
        var isPaced = cause.Route == Cause.Upkeep && became.ContainsKey(StoredNames.Digest.Ids);

        if (isPaced && was?.Time(StoredNames.Digest.At) is { } before && (became.Time(StoredNames.Digest.At)!.Value - before).Duration() < Digests.Pace)
        {
            yield return "There is a second callback about the same within a second.";
        }

        if (became.ContainsKey(StoredNames.Digest.Ids) && was?.ContainsKey(StoredNames.Digest.Ids) == true)
        {
            yield return "A callback is begun before the last one was done.";
        }
    }

    private IEnumerable<string> Callback(Item item)
    {
        var body = JsonNode.Parse(EventItem.ReadRequest(item, "").Body)!;
        var type = item.Text(StoredNames.EventType)!;
        var data = body["data"]!;

        return type switch
        {
            CallbackTypes.NotificationFailed => Failed(data),
            CallbackTypes.NotificationSucceeded => Told(data["notification"]!["id"]!.GetValue<string>(), NotificationStatus.Success),
            _ => Changed(data["endpoint"]!, type),
        };
    }

    private IEnumerable<string> Failed(JsonNode data)
    {
        var listed = data["notifications"]!.AsArray().Select(one => one!["id"]!.GetValue<string>()).ToArray();
        var problems = listed.SelectMany(id => Told(id, NotificationStatus.Failed)).ToList();

        if (data["count"]!.GetValue<int>() != listed.Length)
        {
            problems.Add($"It stands for {data["count"]} failures and names {listed.Length}.");
        }

        return problems;
    }

    private IEnumerable<string> Told(string id, NotificationStatus status)
    {
        var record = world.Checks.Record(id);

        if (record is not { IsFinal: true } || record.Status != status)
        {
            yield return $"It says that {id} is {status}, which is {record?.Status}.";
            yield break;
        }

        if (!IsToBeTold(record))
        {
            yield return record.Event?.Tenant == Tenants.Reserved ? $"It is a callback about the callback {id}." : $"It tells of {id}, of which nobody is to be told.";
        }

        var told = _told[(id, record.Epoch)] = _told.GetValueOrDefault((id, record.Epoch)) + 1;

        if (told > 1)
        {
            yield return $"{id} is told for the {told}. time.";
        }

        if (Taken(TypeOf(record)) == Takes.Never)
        {
            yield return $"It tells of {id}, and nobody listens.";
        }
    }

    private IEnumerable<string> Changed(JsonNode endpoint, string type)
    {
        var key = (endpoint["id"]!.GetValue<string>(), type);
        _toldChanges[key] = _toldChanges.GetValueOrDefault(key) + 1;

        if (endpoint["tenant"]!.GetValue<string>() == Tenants.Reserved)
        {
            yield return $"It is a callback about {key.Item1}, which gets callbacks.";
        }
    }

    private IEnumerable<string> Endpoint(EndpointRecord before, EndpointRecord after)
    {
        if (after.Tenant == Tenants.Reserved)
        {
            return after.Owed.Any(owed => OwedKinds.CallbackOf(owed.What) is not null) ? [$"{after.Id} gets callbacks, and one about it is owed."] : [];
        }

        var isDisabled = after.Status == EndpointStatus.Disabled && after.StatusSince != before.StatusSince;
        Count(_changes, CallbackTypes.EndpointDisabled, isDisabled);
        Count(_changes, CallbackTypes.EndpointFailing, after.WarnedAt is not null && before.WarnedAt is null && !isDisabled);
        Count(_changes, CallbackTypes.EndpointRecovered, after.WarnedAt is null && before.WarnedAt is not null && !after.IsDeleted);

        foreach (var lost in after.IsDeleted ? before.Owed : [])
        {
            if (OwedKinds.CallbackOf(lost.What) is { } type)
            {
                Count(_lostChanges, type, true);
            }
        }

        return [];

        void Count(Dictionary<(string EndpointId, string Type), int> counts, string type, bool isOne) =>
            counts[(after.Id, type)] = counts.GetValueOrDefault((after.Id, type)) + (isOne ? 1 : 0);
    }

    /// <summary>Whether the owner has had an endpoint for that all the time, at times, or never.</summary>
    private Takes Taken(string type)
    {
        var histories = world.Tenant.HistoriesOf(Tenants.Reserved).ToArray();

        return histories.Any(history => history.All(endpoint => endpoint.Takes(type))) ? Takes.Always
            : histories.Any(history => history.Any(endpoint => endpoint.Takes(type))) ? Takes.Sometimes
            : Takes.Never;
    }
}
