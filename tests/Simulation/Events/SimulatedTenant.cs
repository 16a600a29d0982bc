using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.Sealing;
using Waybill.Notifications.Signing;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.Storage;
using Waybill.Simulation.Engine;
using Waybill.Simulation.Processes;
using Waybill.Simulation.Runs;
using Waybill.StatusService.Endpoints;
using Waybill.StatusService.Store.Items;

namespace Waybill.Simulation.Events;

/// <summary>
/// A customer whose endpoints get events, while its owner changes, rotates and deletes them: and what must hold of that. Each endpoint that took an event when it was accepted
/// gets it, none that did not, each call goes to a URL and is signed with a secret that was valid then.
/// </summary>
internal sealed class SimulatedTenant(World world)
{
    public const string Name = "acme";

    /// <summary>The keys of a deployment, as it were.</summary>
    public static readonly Sealer Sealer = new([new SealingKey("simulated", new byte[Sealer.KeyBytes])]);

    /// <summary>How long the making of an event may be on its way, with its retries.</summary>
    private static readonly TimeSpan LongestWay = TimeSpan.FromSeconds(30);

    /// <summary>What a clock is off, at most.</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(1);

    private static readonly string[][] CallbackTypeSets = [["waybill.*"], ["*"], ["waybill.notification.*"], ["waybill.notification.failed"], ["waybill.endpoint.*"]];

    private static readonly string[][] TypeSets = [["*"], ["order.*"], ["order.paid"], ["user.*"], ["user.created", "order.paid"]];

    private readonly Dictionary<string, List<(TimeSpan At, EndpointRecord Endpoint)>> _endpoints = [];
    private readonly Dictionary<string, Item> _created = [];
    private readonly Dictionary<string, EventScript> _events = [];
    private readonly Dictionary<string, ReceiverMoods> _moods = [];
    private readonly EndpointSecrets _secrets = new(Sealer);

    private bool _anyMarked;
    private long _markedAsOf = -1;

    public static string[] AnyCallbackTypes(Random random) => CallbackTypeSets[random.Next(CallbackTypeSets.Length)];

    public static string[] AnyTypes(Random random) => TypeSets[random.Next(TypeSets.Length)];

    /// <summary>The ids of its endpoints.</summary>
    public IReadOnlyList<string> EndpointIds => [.. _endpoints.Keys];

    /// <summary>Some event is still to be finished by the Dispatcher.</summary>
    public bool AnyMarked
    {
        get
        {
            if (_markedAsOf != world.Table.Writes)
            {
                _markedAsOf = world.Table.Writes;
                _anyMarked = world.Table.Items.Any(item => item[StoredNames.Kind].S == TableDefinition.FanOutItem && item.ContainsKey(StoredNames.DueAt));
            }

            return _anyMarked;
        }
    }

    public EndpointKey KeyOf(string endpointId) => new(Scenario.Owner, Current(endpointId).Tenant, endpointId);

    /// <summary>As it is.</summary>
    public EndpointRecord Current(string endpointId) => _endpoints[endpointId][^1].Endpoint;

    /// <summary>What an endpoint was from a time on until now.</summary>
    public IEnumerable<EndpointRecord> Since(string endpointId, TimeSpan from) => During(_endpoints[endpointId], from);

    /// <summary>All that those of a tenant ever were.</summary>
    public IEnumerable<IReadOnlyList<EndpointRecord>> HistoriesOf(string tenant) =>
        _endpoints.Values.Where(history => history[0].Endpoint.Tenant == tenant).Select(history => history.ConvertAll(version => version.Endpoint));

    /// <summary>How the receiver answers.</summary>
    /// <param name="endpointId">Null of what was posted to a URL.</param>
    /// <param name="mixed">As the notification's script has it.</param>
    public Reply ReplyOf(string? endpointId, Reply mixed) =>
        endpointId is not null && _moods.TryGetValue(endpointId, out var moods) ? moods.ReplyAt(world.Loop.Now, mixed) : mixed;

    /// <param name="version">Each change of it calls another path.</param>
    public static string UrlOf(string endpointId, int version) => $"https://{endpointId.Replace('_', '-')}.example/hook/{endpointId}/{version}";

    /// <summary>Stores its endpoints, and says who acts.</summary>
    public IEnumerable<Outsider> Begin()
    {
        var count = world.Random.Next(1, 7);

        for (var number = 1; number <= count; number++)
        {
            Store(Name, $"endpoint-{number}", AnyTypes(world.Random));
        }

        for (var number = world.Theme.Silent ? world.Random.Next(3) : 0; number > 0; number--)
        {
            Store(Tenants.Reserved, $"callbacks-{number}", CallbackTypeSets[world.Random.Next(CallbackTypeSets.Length)]);
        }

        var events = world.Theme.Silent ? world.Random.Next(2, 8) : world.Random.Next(1, 4);

        for (var number = 1; number <= events; number++)
        {
            var script = new EventScript(world.Random, $"event-{number}", world.Theme.Silent ? world.Scenario.FaultsUntil : world.Scenario.StartWithin);
            _events[script.Id] = script;

            foreach (var endpoint in _endpoints.Keys)
            {
                Expect(script.Id, endpoint);
            }

            yield return new SimulatedPublisher(world, script, $"publisher-{number}");

            if (world.Random.Next(4) == 0)
            {
                yield return new SimulatedPublisher(world, script, $"publisher-{number}b");
            }
        }

        yield return world.Theme.Silent ? new WatchfulOwner(world, "owner") : new SimulatedOwner(world, "owner");
    }

    /// <summary>A notification of an event that nobody has posted.</summary>
    public void Expect(string eventId, string endpointId) => world.Checks.Expect(
        new NotificationScript(world.Random, $"{eventId} of {endpointId}", endpointId.Replace('_', '-'), TimeSpan.Zero, isLong: false) { Id = NotificationId.OfEvent(eventId, endpointId) });

    /// <summary>An endpoint as it was first.</summary>
    public Item AsCreated(string endpointId) => _created[endpointId];

    /// <summary>As each write leaves an endpoint, or an event.</summary>
    public void Written(Item? was, Item became)
    {
        var kind = became[StoredNames.Kind].S;

        if (EndpointId.IsValid(kind))
        {
            EndpointWritten(was, became);
        }
        else if (kind == TableDefinition.RequestItem && EventIds.IsValid(became[StoredNames.Id].S))
        {
            EventWritten(was, EventItem.Read(became));
        }
    }

    /// <summary>A publisher got 202.</summary>
    public void Accepted(string eventId)
    {
        if (world.Table.Find(EventItem.Key(eventId)) is not { } item)
        {
            world.Checks.Report($"A publisher got 202 for {eventId}, which is not stored.");
            return;
        }

        foreach (var id in EventItem.Read(item).NotificationIds)
        {
            world.Checks.Accepted(id);
        }
    }

    /// <summary>A call reaches the receiver.</summary>
    /// <returns>Which notification it is of; null for one that is no event's.</returns>
    public string? Met(HttpRequestMessage request, SimulatedProcess worker)
    {
        var eventId = request.Headers.GetValues(WebhookHeaders.Id).Single();

        if (!EventIds.IsValid(eventId))
        {
            return null;
        }

        var url = request.RequestUri!.OriginalString;
        var endpointId = request.RequestUri.Segments[^2].TrimEnd('/');
        var notificationId = NotificationId.OfEvent(eventId, endpointId);
        var ledger = world.Checks.LedgerOf(notificationId);
        var asked = ledger.Asked[worker.Name];
        var claimed = During(_endpoints[endpointId], asked - world.Faults.MostLag).Where(endpoint => !endpoint.IsDeleted).ToArray();
        var called = claimed.Where(endpoint => endpoint.Url == url).ToArray();
        ledger.Urls[worker.Name] = url;

        if (claimed.Length == 0)
        {
            world.Checks.Report($"{eventId} went to {endpointId}, which was deleted before the attempt was claimed.");
        }
        else if (called.Length == 0)
        {
            world.Checks.Report($"{eventId} went to {url}, which {endpointId} did not have when the attempt was claimed.");
        }
        else if (!claimed.Any(endpoint => world.Endpoints.MayCall(endpoint, eventId, notificationId)))
        {
            world.Checks.Report($"{eventId} went to {endpointId}, which was {string.Join(", ", claimed.Select(endpoint => endpoint.Status))} when the attempt was claimed.");
        }
        else if (!called.Any(endpoint => IsSignedFor(endpoint, eventId, request, SimulatedClock.Start + asked)))
        {
            world.Checks.Report($"{eventId} went to {endpointId} and was not signed with the secrets that were valid when the attempt was claimed.");
        }

        return notificationId;
    }

    /// <returns>What is wrong once all is over.</returns>
    public IEnumerable<string> AtEnd()
    {
        foreach (var id in _events.Keys)
        {
            if (world.Table.Find(FanOutItem.Key(id))?.ContainsKey(StoredNames.DueAt) == true)
            {
                yield return $"{id} is still to be finished.";
            }

            var plan = world.Table.Find(EventItem.Key(id)) is { } item ? EventItem.Read(item).EndpointIds : [];
            var stored = _endpoints.Keys.Where(endpoint => world.Table.Find(StateItem.Key(NotificationId.OfEvent(id, endpoint))) is not null).ToArray();

            if (stored.Except(plan).Any())
            {
                yield return $"{id} has notifications for {string.Join(", ", stored.Except(plan))}, which it is not for.";
            }

            if (stored.Length > 0 && stored.Length < plan.Count)
            {
                yield return $"{id} is for {plan.Count} endpoints, and {stored.Length} have a notification.";
            }
        }
    }

    private void EndpointWritten(Item? was, Item item)
    {
        var endpoint = EndpointItem.Read(item);
        _created.TryAdd(endpoint.Id, item);

        if (!_endpoints.TryGetValue(endpoint.Id, out var history))
        {
            _endpoints[endpoint.Id] = history = [];
        }

        history.Add((world.Loop.Now, endpoint));

        if (Cause.Current is { } cause)
        {
            world.Endpoints.Written(was is null ? null : EndpointItem.Read(was), endpoint, item, cause);
        }
    }

    /// <summary>Its plan names whom it is for: who took its type from the first moment it was posted until now, and nobody who did so at no moment.</summary>
    private void EventWritten(Item? was, EventRecord happened)
    {
        if (was is not null)
        {
            world.Checks.Report($"{happened.Id} was stored over what was there.");
        }

        if (EventItem.IsTest(world.Table.Find(EventItem.Key(happened.Id))!))
        {
            return;
        }

        var asked = _events.GetValueOrDefault(happened.Id)?.FirstAskedAt ?? world.Loop.Now - LongestWay;

        foreach (var (endpointId, history) in _endpoints.Where(endpoint => endpoint.Value[0].Endpoint.Tenant == happened.Tenant))
        {
            var takes = During(history, asked).Select(endpoint => endpoint.Takes(happened.Type)).ToArray();

            if (takes.All(took => took) && !happened.EndpointIds.Contains(endpointId))
            {
                world.Checks.Report($"{happened.Id} is not for {endpointId}, which took {happened.Type} all the time.");
            }

            if (!takes.Any(took => took) && happened.EndpointIds.Contains(endpointId))
            {
                world.Checks.Report($"{happened.Id} is for {endpointId}, which did not take {happened.Type}.");
            }
        }
    }

    /// <summary>With each secret that was valid all the time since the claim was asked for, and with none that had ended before: whichever clock says so.</summary>
    private bool IsSignedFor(EndpointRecord endpoint, string eventId, HttpRequestMessage request, DateTimeOffset asked)
    {
        var given = request.Headers.TryGetValues(WebhookHeaders.Signature, out var header) ? header.Single().Split(' ') : [];
        var may = endpoint.Secrets.Where(secret => secret.IsValidAt(asked - MostSkew)).Select(Sign);
        var must = endpoint.Secrets.Where(secret => secret.IsValidAt(SimulatedClock.Start + world.Loop.Now + MostSkew)).Select(Sign);

        return !given.Except(may).Any() && !must.Except(given).Any();

        string Sign(EndpointSecret secret)
        {
            var timestamp = long.Parse(request.Headers.GetValues(WebhookHeaders.Timestamp).Single(), System.Globalization.CultureInfo.InvariantCulture);
            using var signature = new WebhookSignature(SigningSecret.Parse(_secrets.Open(endpoint, secret))!, eventId, timestamp);
            signature.Append(EventItem.ReadRequest(world.Table.Find(EventItem.Key(eventId))!, "").Body ?? []);
            return signature.Complete();
        }
    }

    /// <summary>What an endpoint was from a time on until now.</summary>
    private static IEnumerable<EndpointRecord> During(List<(TimeSpan At, EndpointRecord Endpoint)> history, TimeSpan from)
    {
        var first = Math.Max(0, history.FindLastIndex(version => version.At <= from));
        return history.Skip(first).Select(version => version.Endpoint);
    }

    private void Store(string tenant, string name, string[] types)
    {
        var id = EndpointId.FromIdempotencyKey(Scenario.Owner, tenant, name);
        var key = new EndpointKey(Scenario.Owner, tenant, id);
        var request = new CreateEndpointRequest
        {
            Key = key,
            Url = UrlOf(id, 1),
            Types = types,
            Headers = new Dictionary<string, string>(),
            TimeoutSeconds = world.Random.Next(1, 4),
            RetrySchedule = [.. Enumerable.Range(0, world.Random.Next(5)).Select(_ => world.Random.Next(0, 5))],
            Fingerprint = id,
        };

        if (world.Theme.Silent)
        {
            _moods[id] = new ReceiverMoods(world.Random, world.Scenario.FaultsUntil);
        }

        var item = EndpointItem.New(request, _secrets.New(key, SimulatedClock.Start).Stored, SimulatedClock.Start);
        world.Table.Put(new() { TableName = TableDefinition.DefaultName, Item = item });
    }
}
