using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.Sealing;
using Waybill.Notifications.Signing;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.Storage;
using Waybill.Simulation.Engine;
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

    /// <summary>From the claim that reads an endpoint, with what the index lags, to the call, with what a process freezes.</summary>
    private static readonly TimeSpan LongestWayToTheCall = TimeSpan.FromMinutes(2);

    private static readonly string[][] TypeSets = [["*"], ["order.*"], ["order.paid"], ["user.*"], ["user.created", "order.paid"]];

    private readonly Dictionary<string, List<(TimeSpan At, EndpointRecord Endpoint)>> _endpoints = [];
    private readonly Dictionary<string, EventScript> _events = [];
    private readonly EndpointSecrets _secrets = new(Sealer);

    private bool _anyMarked;
    private long _markedAsOf = -1;

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

    public static EndpointKey KeyOf(string endpointId) => new(Scenario.Owner, Name, endpointId);

    /// <param name="version">Each change of it calls another path.</param>
    public static string UrlOf(string endpointId, int version) => $"https://{endpointId.Replace('_', '-')}.example/hook/{endpointId}/{version}";

    /// <summary>Stores its endpoints, and says who acts.</summary>
    public IEnumerable<Outsider> Begin()
    {
        var count = world.Random.Next(1, 7);

        for (var number = 1; number <= count; number++)
        {
            Store(EndpointId.FromIdempotencyKey(Scenario.Owner, Name, $"endpoint-{number}"));
        }

        var events = world.Random.Next(1, 4);

        for (var number = 1; number <= events; number++)
        {
            var script = new EventScript(world.Random, $"event-{number}", world.Scenario.StartWithin);
            _events[script.Id] = script;

            foreach (var endpoint in _endpoints.Keys)
            {
                var host = endpoint.Replace('_', '-');
                world.Checks.Expect(new NotificationScript(world.Random, $"{script.Key} of {endpoint}", host, TimeSpan.Zero, isLong: false) { Id = NotificationId.OfEvent(script.Id, endpoint) });
            }

            yield return new SimulatedPublisher(world, script, $"publisher-{number}");

            if (world.Random.Next(4) == 0)
            {
                yield return new SimulatedPublisher(world, script, $"publisher-{number}b");
            }
        }

        yield return new SimulatedOwner(world, "owner");
    }

    /// <summary>As each write of an endpoint leaves it.</summary>
    public void Written(Item item)
    {
        if (!EndpointId.IsValid(item[StoredNames.Kind].S))
        {
            return;
        }

        var endpoint = EndpointItem.Read(item);

        if (!_endpoints.TryGetValue(endpoint.Id, out var history))
        {
            _endpoints[endpoint.Id] = history = [];
        }

        history.Add((world.Loop.Now, endpoint));

        if (endpoint.IsDeleted)
        {
            foreach (var script in _events.Values)
            {
                world.Checks.LedgerOf(NotificationId.OfEvent(script.Id, endpoint.Id)).LacksItsEndpoint = true;
            }
        }
    }

    /// <summary>A publisher got 202.</summary>
    public void Accepted(string eventId)
    {
        var script = _events[eventId];

        if (world.Table.Find(EventItem.Key(eventId)) is not { } item)
        {
            world.Checks.Report($"A publisher got 202 for {eventId}, which is not stored.");
            return;
        }

        var plan = EventItem.Read(item).EndpointIds;

        foreach (var (endpointId, history) in _endpoints)
        {
            var during = During(history, script.FirstAskedAt).ToArray();

            if (during.All(endpoint => endpoint.Takes(script.Type)) && !plan.Contains(endpointId))
            {
                world.Checks.Report($"{eventId} is not for {endpointId}, which took {script.Type} all the time.");
            }

            if (!during.Any(endpoint => endpoint.Takes(script.Type)) && plan.Contains(endpointId))
            {
                world.Checks.Report($"{eventId} is for {endpointId}, which did not take {script.Type}.");
            }
        }

        foreach (var endpointId in plan)
        {
            world.Checks.Accepted(NotificationId.OfEvent(eventId, endpointId));
        }
    }

    /// <summary>A call reaches the receiver.</summary>
    /// <returns>Which notification it is of; null for one that is no event's.</returns>
    public string? Met(HttpRequestMessage request)
    {
        var eventId = request.Headers.GetValues(WebhookHeaders.Id).Single();

        if (!EventIds.IsValid(eventId))
        {
            return null;
        }

        var endpointId = request.RequestUri!.Segments[^2].TrimEnd('/');
        var valid = During(_endpoints[endpointId], world.Loop.Now - LongestWayToTheCall).ToArray();

        if (!valid.Any(endpoint => endpoint.Url == request.RequestUri.OriginalString))
        {
            world.Checks.Report($"{eventId} went to {request.RequestUri}, which the endpoint did not have any more.");
        }

        if (!valid.SelectMany(endpoint => endpoint.Secrets.Select(secret => _secrets.Open(endpoint, secret))).Any(secret => IsSignedWith(secret, eventId, request)))
        {
            world.Checks.Report($"{eventId} went to {endpointId} signed with none of its secrets.");
        }

        return NotificationId.OfEvent(eventId, endpointId);
    }

    /// <returns>What is wrong once all is over.</returns>
    public IEnumerable<string> AtEnd()
    {
        foreach (var id in _events.Keys)
        {
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

    private static bool IsSignedWith(string secret, string eventId, HttpRequestMessage request)
    {
        var timestamp = long.Parse(request.Headers.GetValues(WebhookHeaders.Timestamp).Single(), System.Globalization.CultureInfo.InvariantCulture);
        using var signature = new WebhookSignature(SigningSecret.Parse(secret)!, eventId, timestamp);
        signature.Append(EventScript.Body);

        return request.Headers.TryGetValues(WebhookHeaders.Signature, out var given) && given.Single().Split(' ').Contains(signature.Complete());
    }

    /// <summary>What an endpoint was from a time on until now.</summary>
    private static IEnumerable<EndpointRecord> During(List<(TimeSpan At, EndpointRecord Endpoint)> history, TimeSpan from)
    {
        var first = Math.Max(0, history.FindLastIndex(version => version.At <= from));
        return history.Skip(first).Select(version => version.Endpoint);
    }

    private void Store(string id)
    {
        var key = KeyOf(id);
        var request = new CreateEndpointRequest
        {
            Key = key,
            Url = UrlOf(id, 1),
            Types = AnyTypes(world.Random),
            Headers = new Dictionary<string, string>(),
            TimeoutSeconds = world.Random.Next(1, 4),
            RetrySchedule = [.. Enumerable.Range(0, world.Random.Next(5)).Select(_ => world.Random.Next(0, 5))],
            Fingerprint = id,
        };

        var item = EndpointItem.New(request, _secrets.New(key, SimulatedClock.Start).Stored, SimulatedClock.Start);
        world.Table.Put(new() { TableName = TableDefinition.DefaultName, Item = item });
    }
}
