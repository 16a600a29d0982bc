using System.Text.RegularExpressions;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.Notifications.Transitions;
using Waybill.Simulation.Engine;
using Waybill.Simulation.Processes;
using Waybill.Simulation.Runs;
using Waybill.StatusService.Store.Items;

namespace Waybill.Simulation.Mutations;

/// <summary>The deliberate bugs that the simulator must find.</summary>
internal static class AllMutations
{
    /// <summary>A bug that survives more seeds than that counts as not found.</summary>
    public const int MostSeeds = 10_000;

    public static IEnumerable<int> Seeds => Enumerable.Range(1, MostSeeds);

    public static IReadOnlyList<Mutation> List { get; } =
    [
        new("a client gets 202 before the notification is stored") { Route = StatusClient.Accept, OfTable = request => request is PutItemRequest put && IsState(put) ? new PutItemResponse() : null },
        new("accepted without a due time") { Route = StatusClient.Accept, OfPut = put => Remove(put.Item, StoredNames.DueAt, StoredNames.DueShard) },
        new("accepted over an existing record") { Route = StatusClient.Accept, OfPut = WithoutCondition },
        new("dispatched without a due time in case the send is lost") { Route = StatusClient.Dispatch, OfUpdate = DropDueTime },
        new("two Dispatchers dispatch one due record") { KnownSeed = 57, Route = StatusClient.Dispatch, OfUpdate = update => Condition(update, " AND #dueAt = :fence AND #dueAt <= :now", "") },
        new("a roll back without the version") { KnownSeed = 28, Route = StatusClient.RollBack, OfUpdate = update => Condition(update, " AND #ver = :fence", "") },
        new("a roll back always leads to PENDING") { KnownSeed = 16, Route = StatusClient.RollBack, OfUpdate = update => Change(update, @"if_not_exists\(#prev, #status\)", ":PENDING") },
        new("a claim ignores a live lease") { OfRow = (TransitionTable.Claim, FromState.LeaseExpired, FromState.Processing) },
        new("a claim does not wait for the retry's time") { KnownSeed = 11, OfRow = (TransitionTable.Claim, FromState.RetryDue, FromState.AwaitingRetry) },
        new("a claim takes what is final") { KnownSeed = 18, OfRow = (TransitionTable.Claim, FromState.RetryDue, FromState.Success) },
        new("a result is recorded whoever holds the lease") { KnownSeed = 79, Route = StatusClient.Result, OfUpdate = WithoutFence },
        new("the retry time is only in the queue") { Route = StatusClient.Result, OfUpdate = DropDueTime },
        new("a failed attempt is not counted") { Route = StatusClient.Result, OfUpdate = update => Change(update, @"#att = if_not_exists\(#att, :zero\) \+ :att, ", "") },
        new("a result replaces the history") { Route = StatusClient.Result, OfUpdate = update => Change(update, @"list_append\(if_not_exists\(#his, :none\), :his\)", ":his") },
        new("cancel takes what a worker is delivering") { KnownSeed = 26, OfRow = (TransitionTable.Cancel, FromState.Queued, FromState.Processing) },
        new("the message is deleted before the delivery, and a claim drops the due time") { AcknowledgesFirst = true, Route = StatusClient.Claim, OfUpdate = DropDueTime },
        new("a failed call keeps its place in front of the host") { KeepsPassesOfFailedCalls = true },
        new("what is given back has no due time") { Route = StatusClient.Release, OfUpdate = DropDueTime },
        new("what is given back counts as a claim used up") { KnownSeed = 28, Route = StatusClient.Release, OfUpdate = update => Change(update, @", #clm = if_not_exists\(#clm, :zero\) \+ :clm", "") },
        new("a record's trouble is taken for an outage") { KnownSeed = 56, Theme = "records", OfStatus = status => status == RecordTrouble ? Unavailable : status },
        new("a claim ignores that the request is gone") { Theme = "expiry", Route = StatusClient.Claim, OfUpdate = RefuseToEnd },
        new("a request lives as long from its acceptance, whenever it is scheduled for") { Theme = "months", Route = StatusClient.Accept, OfPut = ExpireSoon },
        new("the history is not bounded") { KnownSeed = 4, Theme = "months", OfUpdate = update => Change(update, @"#his = :his, ", "") },
        new("a category that is not known is stored as another") { Theme = "releases", Route = StatusClient.Result, OfUpdate = ForgetCategory },
        new("attributes that are not known are dropped") { Theme = "releases", Route = StatusClient.Claim, OfUpdate = DropUnknown },
        new("a call with a member that is not known is refused") { Theme = "releases", OfCall = request => request.Content is { } content && content.AsSpan().IndexOf("\"zz\""u8) >= 0 ? BadRequest : null },
        new("a redelivered record keeps the time of its delivery") { KnownSeed = 9, Route = StatusClient.Redeliver, OfUpdate = update => Keep(update, StoredNames.DeliveredAt) },
        new("a claimed record keeps the error of its last send") { Route = StatusClient.Claim, OfUpdate = update => Keep(update, StoredNames.LastSendError) },
        new("a claimed record keeps what it waited for") { Route = StatusClient.Claim, OfUpdate = update => Keep(update, StoredNames.Waiting) },
        new("a record is stored in a partition that is not noted") { OfTable = request => IsNoteOf(TableDefinition.Recent, request) ? new PutItemResponse() : null },
        new("a failure is stored in a partition that is not noted") { OfTable = request => IsNoteOf(TableDefinition.Failed, request) ? new PutItemResponse() : null },
        new("a record is not found by its correlation id") { Route = StatusClient.Accept, OfPut = put => Remove(put.Item, StoredNames.Correlation) },
        new("what has failed for good is not among the failures") { Route = StatusClient.Result, OfUpdate = update => Change(update, ", #failed(Shard|At) = :failed(Shard|At)", "") },
        new("what is delivered again stays among the failures") { Route = StatusClient.Redeliver, OfUpdate = KeepFailure },
        new("a fan-out has no marker") { KnownSeed = 20, Theme = "events", Route = StatusClient.AcceptEvent, OfTable = request => IsMarker(request) ? new PutItemResponse() : null },
        new("a fan-out that is finished stores nothing") { KnownSeed = 25, Theme = "events", Route = StatusClient.FinishFanOut, OfTable = request => request is PutItemRequest put && IsState(put) ? new PutItemResponse() : null },
        new("a fan-out that is finished stays among what is due") { Theme = "events", Route = StatusClient.FinishFanOut, OfTable = request => request is UpdateItemRequest update && update.Key[StoredNames.Kind].S == TableDefinition.FanOutItem ? new UpdateItemResponse() : null },
        new("an event goes to endpoints that do not take it") { Theme = "events", Route = StatusClient.AcceptEvent, OfEndpoint = (endpoint, _) => endpoint[StoredNames.EndpointItem.Types] = EndpointItem.Types(["*"]) },
        new("an event goes to endpoints as they were a moment ago") { Theme = "events", Route = StatusClient.AcceptEvent, OfQuery = query => query.ConsistentRead = false },
        new("an event that is posted again is for others") { Theme = "events", Route = StatusClient.AcceptEvent, OfPut = put => WithoutConditionIf(IsEvent(put), put) },
        new("an event that is posted again begins anew") { KnownSeed = 16, Theme = "events", Route = StatusClient.AcceptEvent, OfPut = put => WithoutConditionIf(IsState(put), put) },
        new("an attempt goes where its endpoint was first") { Theme = "events", Route = StatusClient.Claim, OfEndpoint = (endpoint, created) => endpoint[StoredNames.Url] = created[StoredNames.Url] },
        new("an attempt is signed with the secrets that its endpoint had first") { Theme = "events", Route = StatusClient.Claim, OfEndpoint = (endpoint, created) => endpoint[StoredNames.EndpointItem.Secrets] = created[StoredNames.EndpointItem.Secrets] },
        new("a secret signs after its end") { Theme = "events", Route = StatusClient.Claim, OfEndpoint = (endpoint, _) => KeepSecrets(endpoint) },
        new("an endpoint that was deleted is called") { KnownSeed = 14, Theme = "events", Route = StatusClient.Claim, OfEndpoint = (endpoint, created) => Restore(endpoint, created) },
        new("an endpoint that was changed counts as deleted") { Theme = "events", Route = StatusClient.Claim, OfEndpoint = DeleteIfChanged },
        new("the history does not say which URL was called") { Theme = "events", Route = StatusClient.Result, OfUpdate = update => update.ExpressionAttributeValues[":" + StoredNames.History].L.ForEach(entry => entry.M.Remove("u")) },
        new("a claim ignores that the endpoint is gone") { KnownSeed = 14, Theme = "events", Route = StatusClient.Claim, OfUpdate = RefuseToEnd },
        new("a resumed endpoint's held ones are looked for by nobody") { KnownSeed = 6, Theme = "silent", Route = Cause.Upkeep, OfTable = request => request is PutItemRequest put && put.Item[StoredNames.Kind].S == TableDefinition.JobItem ? new PutItemResponse() : null },
        new("what is held counts as queued") { KnownSeed = 17, Theme = "silent", Route = StatusClient.Queued, OfUpdate = update => Condition(update, $" AND (attribute_not_exists(#{StoredNames.Waiting}) OR #{StoredNames.Waiting} <> :held)", "") },
        new("a paused endpoint is called") { Theme = "silent", Route = StatusClient.Claim, OfEndpoint = (endpoint, _) => Activate(endpoint, EndpointStatus.Paused) },
        new("a disabled endpoint is called") { Theme = "silent", Route = StatusClient.Claim, OfEndpoint = (endpoint, _) => Activate(endpoint, EndpointStatus.Disabled) },
        new("a probe is not noted before it is delivered again") { Theme = "silent", Route = Cause.Upkeep, OfUpdate = update => Change(update, $@", #{StoredNames.EndpointItem.Probe} = :{StoredNames.EndpointItem.Probe}\b", "") },
        new("what is noted of a 2xx is noted whatever the endpoint is by then") { KnownSeed = 79, Theme = "silent", Route = StatusClient.Result, OfUpdate = NoteWellAnyhow },
        new("an end is told without a plan") { Theme = "silent", OfTable = request => request is UpdateItemRequest update && IsDigest(update) ? new UpdateItemResponse() : null },
        new("a plan is done before the due times are gone") { KnownSeed = 17, Theme = "silent", OfArrival = (world, request) => ClosePlanEarly(world, request) },
        new("a due time is gone before the callback is there") { KnownSeed = 58, Theme = "silent", OfArrival = (world, request) => TakeDueTimesEarly(world, request) },
        new("what an endpoint owes is gone before it is done") { Theme = "silent", Route = Cause.Upkeep, AfterRead = TakeOwedEarly },
        new("a failure that is owed is redelivered without being told") { KnownSeed = 11, Theme = "silent", OfState = ForgetOwed, Route = StatusClient.Redeliver },
        new("a job redelivers a failure that is owed without its being told") { KnownSeed = 164, Theme = "silent", OfState = ForgetOwed, Route = StatusClient.RedeliverByJob },
        new("there are callbacks about callbacks") { Theme = "silent", AfterWrite = OweCallback },
        new("nobody is told of what has failed") { Theme = "silent", Route = StatusClient.Result, OfUpdate = ForgetToTell },
        new("a claim is taken for a call") { Route = StatusClient.Claim, OfUpdate = MoveLastAttempt },
    ];

    private const int BadRequest = 400;
    private const int RecordTrouble = 422;
    private const int Unavailable = 503;

    private static void Activate(Item endpoint, EndpointStatus status)
    {
        if (endpoint[StoredNames.Status].S == status.Text())
        {
            endpoint[StoredNames.Status] = StoredValue.Of(EndpointStatus.Active.Text());
        }
    }

    private static void NoteWellAnyhow(UpdateItemRequest update)
    {
        if (EndpointId.IsValid(update.Key[StoredNames.Kind].S) && update.UpdateExpression.Contains($"#{StoredNames.EndpointItem.LastSuccessAt} =", StringComparison.Ordinal))
        {
            update.ConditionExpression = $"attribute_exists(#{StoredNames.Status})";
        }
    }

    private static void ClosePlanEarly(World world, AmazonDynamoDBRequest request)
    {
        if (request is UpdateItemRequest update && IsState(update) && Changes.IsTold(update))
        {
            foreach (var plan in OpenPlans(world))
            {
                world.Table.Impose(plan, Without(plan, StoredNames.Digest.Ids, StoredNames.Digest.Epochs));
            }
        }
    }

    private static void TakeDueTimesEarly(World world, AmazonDynamoDBRequest request)
    {
        if (request is not PutItemRequest put || !IsEvent(put) || put.Item.Text(StoredNames.EventType) != CallbackTypes.NotificationFailed)
        {
            return;
        }

        foreach (var id in OpenPlans(world).SelectMany(plan => NotificationId.Unpack(plan[StoredNames.Digest.Ids].B.ToArray())).ToArray())
        {
            var state = world.Table.Find(StateItem.Key(id))!;
            world.Table.Impose(state, Without(state, StoredNames.DueShard, StoredNames.DueAt));
        }

        foreach (var plan in OpenPlans(world))
        {
            world.Table.Impose(plan, Without(plan, StoredNames.Digest.Ids, StoredNames.Digest.Epochs));
        }
    }

    private static IEnumerable<Item> OpenPlans(World world) =>
        world.Table.Items.Where(item => item[StoredNames.Kind].S == TableDefinition.Digest && item.ContainsKey(StoredNames.Digest.Ids)).ToArray();

    private static void TakeOwedEarly(World world, Item endpoint)
    {
        if (world.Table.Find(endpoint) is { } stored && stored.ContainsKey(StoredNames.EndpointItem.Owed))
        {
            world.Table.Impose(stored, Without(stored, StoredNames.EndpointItem.Owed));
        }
    }

    private static void ForgetOwed(Item state)
    {
        if (StateItem.Read(state).IsFinal)
        {
            Remove(state, StoredNames.DueShard, StoredNames.DueAt);
        }
    }

    private static void OweCallback(World world, Item item)
    {
        if (item[StoredNames.Kind].S == TableDefinition.StateItem && item.Text(StoredNames.Tenant) == Tenants.Reserved && StateItem.Read(item) is { IsFinal: true, DueAt: null } record && record.Status == NotificationStatus.Failed)
        {
            world.Table.Impose(item, new Item(item) { [StoredNames.DueShard] = StoredValue.Of(Shards.Outbox(record.Id)), [StoredNames.DueAt] = StoredValue.Of(record.LastUpdatedAt) });
        }
    }

    private static void ForgetToTell(UpdateItemRequest update)
    {
        if (update.ExpressionAttributeValues.GetValueOrDefault(":" + StoredNames.DueShard)?.S?.StartsWith("outbox", StringComparison.Ordinal) == true)
        {
            Change(update, $", #{StoredNames.DueShard} = :{StoredNames.DueShard}|, #{StoredNames.DueAt} = :{StoredNames.DueAt}", "");
            update.UpdateExpression += (update.UpdateExpression.Contains("REMOVE", StringComparison.Ordinal) ? ", " : " REMOVE ") + $"{StoredNames.DueShard}, {StoredNames.DueAt}";
        }
    }

    private static Item Without(Item item, params string[] names)
    {
        var copy = new Item(item);
        Remove(copy, names);
        return copy;
    }

    private static bool IsState(UpdateItemRequest update) => update.Key[StoredNames.Kind].S == TableDefinition.StateItem;

    private static bool IsDigest(UpdateItemRequest update) => update.Key[StoredNames.Kind].S == TableDefinition.Digest;

    private static void RefuseToEnd(UpdateItemRequest update)
    {
        if (update.UpdateExpression.Contains("#res = ", StringComparison.Ordinal))
        {
            update.ConditionExpression += " AND #status = :never";
            update.ExpressionAttributeValues[":never"] = StoredValue.Of("NEVER");
        }
    }

    private static void ExpireSoon(PutItemRequest put)
    {
        if (put.Item[StoredNames.Kind].S == TableDefinition.RequestItem)
        {
            put.Item[StoredNames.ExpiresAt] = StoredValue.OfSeconds(SimulatedClock.Start.AddDays(70));
        }
    }

    private static void ForgetCategory(UpdateItemRequest update)
    {
        if (update.ExpressionAttributeValues.GetValueOrDefault(":" + StoredNames.DeliveryResult)?.M is { } result && !Vocabulary.TryParse<DeliveryCategory>(result["cat"].S, out _))
        {
            result["cat"] = StoredValue.Of(DeliveryCategory.NetworkError.Text());
        }
    }

    private static void DropUnknown(UpdateItemRequest update)
    {
        if (!update.UpdateExpression.Contains(Releases.Unknown, StringComparison.Ordinal))
        {
            update.UpdateExpression += (update.UpdateExpression.Contains("REMOVE", StringComparison.Ordinal) ? ", " : " REMOVE ") + Releases.Unknown;
        }
    }

    private static void MoveLastAttempt(UpdateItemRequest update)
    {
        if (!update.UpdateExpression.Contains("#lat = ", StringComparison.Ordinal) && update.UpdateExpression.Contains(":ls", StringComparison.Ordinal))
        {
            Change(update, "^SET ", "SET #lat = :ls, ");
            update.ExpressionAttributeNames["#lat"] = StoredNames.LastDeliveryAttempt;
        }
    }

    /// <summary>Takes an attribute out of those that are removed.</summary>
    private static void Keep(UpdateItemRequest update, string name)
    {
        Change(update, $@"#{name}, |, #{name}\b", "");
        Change(update, $@" REMOVE #{name}$", "");
    }

    private static void KeepFailure(UpdateItemRequest update)
    {
        Keep(update, StoredNames.FailedShard);
        Keep(update, StoredNames.FailedAt);
    }

    private static bool IsNoteOf(IndexDefinition index, AmazonDynamoDBRequest request) =>
        request is PutItemRequest put && put.Item[StoredNames.Id].S.StartsWith($"{TableDefinition.Partitions} {index.Name}", StringComparison.Ordinal);

    private static bool IsMarker(AmazonDynamoDBRequest request) => request is PutItemRequest put && put.Item[StoredNames.Kind].S == TableDefinition.FanOutItem;

    private static bool IsState(PutItemRequest put) => put.Item.ContainsKey(StoredNames.Status);

    private static bool IsEvent(PutItemRequest put) => put.Item[StoredNames.Kind].S == TableDefinition.RequestItem && EventIds.IsValid(put.Item[StoredNames.Id].S);

    /// <summary>Those that were rotated have their end in the stored map.</summary>
    private static void KeepSecrets(Item endpoint)
    {
        if (!IsDeleted(endpoint))
        {
            endpoint[StoredNames.EndpointItem.Secrets] = EndpointItem.Secrets(EndpointItem.Read(endpoint).Secrets.Select(secret => secret with { Until = null }));
        }
    }

    private static void Restore(Item endpoint, Item created)
    {
        foreach (var (name, value) in created)
        {
            if (IsDeleted(endpoint) && name != StoredNames.Status)
            {
                endpoint[name] = value;
            }
        }

        endpoint[StoredNames.Status] = created[StoredNames.Status];
    }

    private static void DeleteIfChanged(Item endpoint, Item created)
    {
        if (endpoint[StoredNames.Version].N != created[StoredNames.Version].N)
        {
            endpoint[StoredNames.Status] = StoredValue.Of(EndpointStatus.Deleted.Text());
        }
    }

    private static bool IsDeleted(Item endpoint) => endpoint[StoredNames.Status].S == EndpointStatus.Deleted.Text();

    private static void WithoutConditionIf(bool isWanted, PutItemRequest put)
    {
        if (isWanted)
        {
            WithoutCondition(put);
        }
    }

    private static void WithoutCondition(PutItemRequest put)
    {
        put.ConditionExpression = null;
        put.ExpressionAttributeNames = null;
        put.ExpressionAttributeValues = null;
    }

    /// <summary>The lease token and the number of the last attempt each keep most stale results out, so both go.</summary>
    private static void WithoutFence(UpdateItemRequest update)
    {
        Condition(update, " AND #lt = :fence", "");
        Condition(update, " AND (attribute_not_exists(#his) OR size(#his) < :attempt) AND (attribute_not_exists(#lan) OR #lan < :attempt)", "");
    }

    private static void DropDueTime(UpdateItemRequest update)
    {
        if (update.UpdateExpression.Contains("#dueAt = :dueAt", StringComparison.Ordinal) || !update.UpdateExpression.Contains("#dueAt", StringComparison.Ordinal))
        {
            Change(update, ", #dueAt = :dueAt", "");
            update.UpdateExpression += update.UpdateExpression.Contains("REMOVE", StringComparison.Ordinal) ? ", dueAt" : " REMOVE dueAt";
        }
    }

    private static void Condition(UpdateItemRequest update, string text, string instead) =>
        update.ConditionExpression = update.ConditionExpression.Replace(text, instead, StringComparison.Ordinal);

    private static void Change(UpdateItemRequest update, string pattern, string instead) =>
        update.UpdateExpression = Regex.Replace(update.UpdateExpression, pattern, instead);

    private static void Remove(Item item, params string[] names)
    {
        foreach (var name in names)
        {
            item.Remove(name);
        }
    }
}
