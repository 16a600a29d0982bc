using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.Simulation.Engine;
using Waybill.Simulation.Faults;
using Waybill.Simulation.Processes;
using Waybill.Simulation.Runs;
using Waybill.Simulation.Table;
using Waybill.StatusService.Endpoints;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Partitions;

namespace Waybill.Simulation.Checks;

/// <summary>Holds a run to the invariants, at each write, at each call and at the end.</summary>
internal sealed class RunChecks(World world)
{
    /// <summary>What the fastest clock is ahead of true time, at most.</summary>
    private static readonly TimeSpan MostAhead = TimeSpan.FromSeconds(1);

    /// <summary>Dispatches of one notification in a row that lead to nothing, at most: several times what any run without a bug has had.</summary>
    private const int MostRounds = 40;

    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(366);

    /// <summary>How long a write may be on its way, with its retries.</summary>
    private static readonly TimeSpan LongestWay = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Ledger> _ledgers = [];
    private readonly List<string> _broken = [];
    private readonly HashSet<string> _fanOutCrashes = [];
    private List<string> _open = [];
    private long _openAsOf;
    private int _recoveries;
    private int _waits;
    private int _releases;
    private int _redeliveries;
    private int _mostIdleRounds;
    private int _largestItem;

    public IReadOnlyList<string> Broken => _broken;

    public bool AllIsOver =>
        world.Sick.IsSettled
        && world.Queue.Messages.All(message => world.Sick.IsSick(message.Body))
        && Open.TrueForAll(world.Sick.IsNamed)
        && !world.Tenant.AnyMarked
        && (!world.Theme.Silent || world.Callbacks.IsSettled);

    /// <summary>What is not final. Read again only when something was written, as it is asked for after each event.</summary>
    private List<string> Open
    {
        get
        {
            if (_openAsOf != world.Table.Writes)
            {
                _openAsOf = world.Table.Writes;
                _open = [.. States.Where(item => !StateItem.Read(item).IsFinal).Select(item => item[StoredNames.Id].S)];
            }

            return _open;
        }
    }

    /// <summary>As they would be read if all of them were well.</summary>
    private IEnumerable<Item> States => world.Table.Items.Where(IsState).Select(world.Sick.Well);

    private DateTimeOffset Now => SimulatedClock.Start + world.Loop.Now;

    /// <summary>Of all that is not final; and where there is more that is due, of that.</summary>
    public IEnumerable<DateTimeOffset> DueTimes => (world.Theme.Silent ? world.Table.Items : States)
        .Select(item => item.Time(StoredNames.DueAt))
        .OfType<DateTimeOffset>()
        .Where(due => due < NextLook.Never);

    public void Expect(NotificationScript script) => _ledgers[script.Id] = new Ledger(script);

    public void Report(string what)
    {
        world.Trace.Write("BROKEN", what);
        _broken.Add(what);
    }

    /// <summary>A fault befell an attempt, which may have to be made again.</summary>
    public void Excuse(string notificationId, SimulatedProcess process)
    {
        if (process.Name.StartsWith("worker", StringComparison.Ordinal))
        {
            _ledgers[notificationId].Excuses++;
        }
    }

    /// <summary>A drain is over, at its deadline at the latest.</summary>
    public void Drained(Replica replica)
    {
        foreach (var id in replica.InHand.Where(id => _ledgers[id].Excuses == 0))
        {
            Report($"{id}: {replica.Process.Name} drained, but neither finished it nor gave it back.");
        }
    }

    public void Accepted(string notificationId)
    {
        _ledgers[notificationId].IsAccepted = true;

        if (State(notificationId) is null)
        {
            Report($"A client got 202 for {notificationId}, which is not stored.");
        }
    }

    public void Crashing(Operation operation, CrashPoint point)
    {
        if (operation.FanOutStep is { } step)
        {
            _fanOutCrashes.Add($"{step}, {point}");
        }
    }

    public Ledger LedgerOf(string notificationId) => _ledgers[notificationId];

    public NotificationRecord? Record(string notificationId) => State(notificationId) is { } state ? StateItem.Read(state) : null;

    /// <summary>A worker has learnt that it may deliver.</summary>
    /// <param name="asked">When it asked so that it was answered: what it was told was read after that.</param>
    public void Claimed(string notificationId, SimulatedProcess worker, TimeSpan asked)
    {
        var ledger = _ledgers[notificationId];
        ledger.ClaimedAt = Now;
        ledger.Asked[worker.Name] = asked;
    }

    /// <summary>DynamoDB has removed a request item.</summary>
    public void Vanished(string notificationId)
    {
        _ledgers[notificationId].RequestGoneAt = Now;
        _ledgers[notificationId].LackedItsRequest = true;
    }

    /// <summary>A client was answered about a redelivery.</summary>
    public void Redelivered(string notificationId, TransitionOutcome outcome)
    {
        var isGone = Now - _ledgers[notificationId].RequestGoneAt > LongestWay;

        // A release before says no more than that it is refused.
        if (isGone && !world.Releases.AnyBefore && outcome is { Applied: false, Record: { IsFinal: true, RequestIsGone: not true } })
        {
            Report($"{notificationId}: a redelivery is refused, but not because there is nothing left to send.");
        }
    }

    /// <summary>DynamoDB is about to remove an item whose time to live has ended.</summary>
    public void Expired(Item item)
    {
        var id = item[StoredNames.Id].S;

        if (IsState(item))
        {
            _ledgers[id].IsExpired = true;

            if (!StateItem.Read(item).IsFinal)
            {
                Report($"{id} is removed before its end.");
            }

            return;
        }

        if (item[StoredNames.Kind].S != TableDefinition.RequestItem)
        {
            return;
        }

        Vanished(id);

        if (State(id) is { } state && !(state.Long(StoredNames.ExpiresAt) <= item.Long(StoredNames.ExpiresAt)))
        {
            Report($"{id} outlives its request.");
        }
    }

    public void Written(Item? was, Item became)
    {
        if (!IsState(became))
        {
            NoteRequest(became);
            return;
        }

        var old = was is null ? null : world.Sick.Well(was);
        var item = world.Sick.Well(became);

        if (!_ledgers.ContainsKey(item[StoredNames.Id].S))
        {
            // Of an event that Waybill made.
            world.Tenant.Expect(item[StoredNames.EventId].S, item[StoredNames.Endpoint].S);
        }

        var cause = Cause.Current!;
        var id = item[StoredNames.Id].S;
        var from = old?.Text(StoredNames.Status) ?? "ABSENT";
        world.Trace.Write("table", $"{id} {from} to {item[StoredNames.Status].S} by {cause.Route} of {cause.Caller.Name}{Lease(item)}");

        foreach (var problem in WriteChecks.Of(old, item, cause, Now + MostAhead))
        {
            Report($"{id}: {problem}");
        }

        foreach (var problem in Indexes(item))
        {
            Report($"{id}: {problem}");
        }

        if (old is not null && !world.Releases.AnyBefore)
        {
            foreach (var problem in RowChecks.Of(old, item, cause))
            {
                Report($"{id}: {problem}");
            }
        }

        Note(_ledgers[id], old, item, cause);
    }

    /// <summary>A call reaches the receiver.</summary>
    /// <returns>How it answers.</returns>
    public Reply Called(string notificationId, SimulatedProcess worker)
    {
        var ledger = _ledgers[notificationId];

        foreach (var problem in CallChecks.Of(ledger, State(notificationId), worker, Now + (2 * MostAhead)))
        {
            Report($"{notificationId}, call of {worker.Name}: {problem}");
        }

        _waits += Now > ledger.ClaimedAt ? 1 : 0;
        var endpoint = State(notificationId)?.Text(StoredNames.Endpoint);
        var reply = world.Tenant.ReplyOf(endpoint, ledger.Script.ReplyTo(ledger.Calls++));

        if (endpoint is not null)
        {
            world.Endpoints.Called(endpoint, reply);
        }

        ledger.SuccessfulCalls += reply.IsSuccess ? 1 : 0;
        return reply;
    }

    public void AtEnd()
    {
        if (_broken.Count > 0)
        {
            return;
        }

        foreach (var problem in world.Tenant.AtEnd().Concat(world.Theme.Silent ? world.Endpoints.AtEnd().Concat(world.Callbacks.AtEnd()) : []))
        {
            Report(problem);
        }

        foreach (var (id, ledger) in _ledgers)
        {
            var problems = world.Sick.IsSick(id) ? EndChecks.OfSick(ledger, State(id), world.Sick.IsNamed(id)) : EndChecks.Of(ledger, State(id));

            foreach (var problem in problems.Concat(State(id) is { } state ? Indexes(state) : []))
            {
                Report($"{id}: {problem}");
            }
        }
    }

    public RunResult Result(int seed) => new(
        seed,
        _broken,
        _ledgers.Count,
        world.Faults.Injected,
        _ledgers.Values.Sum(ledger => ledger.Calls),
        _ledgers.Values.Sum(ledger => ledger.UnrecordedCalls),
        _recoveries,
        _waits,
        _releases,
        _redeliveries,
        _mostIdleRounds,
        _largestItem,
        world.Loop.Now)
    {
        FanOutCrashes = _fanOutCrashes,
    };

    private void Note(Ledger ledger, Item? old, Item item, Cause cause)
    {
        if (old is null)
        {
            ledger.NotBefore = item.Time(StoredNames.DeliverAt);
        }

        // It takes a notification of an event for one whose request is gone.
        ledger.LackedItsRequest |= cause.Writer == Release.Before && item.ContainsKey(StoredNames.EventId) && cause.Route == StatusClient.Claim;

        ledger.LacksItsEndpoint |= item.Text(StoredNames.Endpoint) is { } endpoint && world.Tenant.Current(endpoint).IsDeleted;

        NoteRound(ledger, item, cause);
        _largestItem = Math.Max(_largestItem, StoredSize.Of(item));

        if (item.Int(StoredNames.Epoch) > (old?.Int(StoredNames.Epoch) ?? 0))
        {
            NoteRedelivery(ledger);
            _redeliveries++;
            ledger.NotBefore = null;
            ledger.CountedAttempts = 0;
        }

        switch (cause.Route)
        {
            case StatusClient.Claim when item.ContainsKey(StoredNames.LeaseToken):
                ledger.Leases[cause.Caller.Name] = item[StoredNames.LeaseToken].S;
                break;

            case StatusClient.Result:
                NoteResult(ledger, StateItem.Read(item), cause);

                if (!ledger.Recorded.Add(cause.Fence!))
                {
                    Report($"{ledger.Script.Id}: one lease recorded two results.");
                }

                break;

            case StatusClient.Release:
                _releases++;
                break;


            case StatusClient.Dispatch when cause.IsDispatch(item) && old?.Text(StoredNames.Status) is not "FAILED":
                _recoveries++;
                break;
        }
    }

    /// <summary>A dispatch must lead to something: a call, an end, or a place in front of its host.</summary>
    private void NoteRound(Ledger ledger, Item item, Cause cause)
    {
        if (!cause.IsDispatch(item))
        {
            ledger.IdleRounds = cause.Route is StatusClient.RollBack or StatusClient.Queued ? ledger.IdleRounds : 0;
            return;
        }

        ledger.IdleRounds++;
        _mostIdleRounds = Math.Max(_mostIdleRounds, ledger.IdleRounds);

        if (ledger.IdleRounds > MostRounds)
        {
            Report($"{item[StoredNames.Id].S} goes round: {ledger.IdleRounds} dispatches in a row led to nothing.");
        }
    }

    /// <summary>A try that was on its way when the request vanished is no one's fault.</summary>
    private void NoteRedelivery(Ledger ledger)
    {
        if (Now - ledger.RequestGoneAt > LongestWay)
        {
            Report($"{ledger.Script.Id} is to be delivered again, and there is nothing left to send.");
        }
    }

    private void NoteRequest(Item item)
    {
        if (_ledgers.TryGetValue(item[StoredNames.Id].S, out var ledger))
        {
            ledger.RequestGoneAt = null;
        }
    }

    private void NoteResult(Ledger ledger, NotificationRecord record, Cause cause)
    {
        if (record.Event is not null && cause.Writer != Release.Before && record.History[^1].Url != ledger.Urls[cause.Caller.Name])
        {
            Report($"{record.Id}: {cause.Caller.Name} called {ledger.Urls[cause.Caller.Name]}, and the history says {record.History[^1].Url}.");
        }

        ledger.NotBefore = record.NextAttemptAt;
        ledger.CountedAttempts += record.DeliveryResult!.RetryEligible ? 1 : 0;

        if (ledger.CountedAttempts > record.MaxAttempts)
        {
            Report($"{record.Id}: {ledger.CountedAttempts} attempts, but {record.MaxAttempts} are allowed.");
        }
    }

    /// <summary>A partition that is older than any window that one can ask for need not be named.</summary>
    private IEnumerable<string> Indexes(Item item) => IndexChecks.Of(
        item,
        (directory, partition) => IndexPartition.Of(partition).Hour < Now - LongestWindow
            || world.Table.Find(new() { [StoredNames.Id] = StoredValue.Of(directory), [StoredNames.Kind] = StoredValue.Of(partition) }) is not null,
        world.Releases.AnyBefore);

    private Item? State(string notificationId) =>
        States.FirstOrDefault(item => item[StoredNames.Id].S == notificationId);

    private string Lease(Item item) => item.Text(StoredNames.LeaseToken) is { } token ? $", {world.Trace.Label(token)}" : "";

    private static bool IsState(Item item) => item[StoredNames.Kind].S == TableDefinition.StateItem;
}
