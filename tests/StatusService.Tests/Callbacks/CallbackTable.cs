using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Time.Testing;
using Waybill.Notifications.Callbacks;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.StatusApi.Events;
using Waybill.StatusService.Callbacks;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;
using Waybill.StatusService.Tests.Support;
using Waybill.StatusService.Transitions;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Callbacks;

/// <summary>A table of a test's own, with a clock of its own, and what is owed and told in it.</summary>
internal sealed class CallbackTable(StatusFixture fixture, string table)
{
    public const string Owner = "alice";
    public const string Failed = CallbackTypes.NotificationFailed;
    public const string Succeeded = CallbackTypes.NotificationSucceeded;

    private static readonly CancellationToken None = CancellationToken.None;

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UtcNow);

    public StoreParts Parts => field ??= CreateParts(fixture.Table);

    public Outbox Outbox => field ??= Parts.CreateOutbox();

    public static async Task<CallbackTable> CreateAsync(StatusFixture fixture) => new(fixture, await fixture.NewTableAsync());

    /// <summary>Of a process of its own.</summary>
    public StoreParts CreateParts(ITableClient client) => new(client, Time, tableName: table);

    /// <summary>By a process that dies after so many writes.</summary>
    public DyingTable Dying(int writes, bool answerIsLost) => new(fixture.Table, writes, answerIsLost);

    public async Task<EndpointRecord> SubscribeAsync(params string[] types) => await CreateEndpointAsync(Tenants.Reserved, types);

    public async Task<EndpointRecord> CreateEndpointAsync(string tenant, params string[] types)
    {
        var request = new CreateEndpointRequest
        {
            Key = new EndpointKey(Owner, tenant, EndpointId.New(Time.GetUtcNow())),
            Url = TestTenant.Url,
            Description = "Orders",
            Types = types,
            Headers = new Dictionary<string, string>(),
            TimeoutSeconds = DeliveryTiming.DefaultTimeoutSeconds,
            Fingerprint = "fingerprint",
        };

        var outcome = await Parts.EndpointTransitions.CreateAsync(request, None);
        Assert.True(outcome.Applied);
        return outcome.Endpoint!;
    }

    public async Task<NotificationRecord> PostAsync(string url = "https://direct.example/hook", bool notify = false)
    {
        var request = Submissions.New(NotificationId.New(Time.GetUtcNow()), Owner, url) with { Notify = notify };
        var outcome = await new IntakeTransitions(Parts.Store, Time, Parts.Options).AcceptAsync(request, None);
        Assert.True(outcome.Applied);
        return outcome.Record!;
    }

    /// <summary>To the one endpoint of a tenant that takes it.</summary>
    public async Task<NotificationRecord> PostEventAsync(string tenant, string type = "order.paid")
    {
        var outcome = await Parts.EventTransitions.AcceptAsync(
            new AcceptEventRequest { Id = EventIds.New(Time.GetUtcNow()), Owner = Owner, Tenant = tenant, Type = type, Fingerprint = "fingerprint", CorrelationId = "order-4711" },
            None);

        return Assert.Single(outcome.Answer!.Notifications);
    }

    /// <summary>By a worker's one attempt, for good.</summary>
    public async Task<NotificationRecord> FailAsync(NotificationRecord record) => await AttemptAsync(record, Results.ClientError(record.NextAttemptNumber));

    public async Task<NotificationRecord> SucceedAsync(NotificationRecord record) => await AttemptAsync(record, Results.Success(record.NextAttemptNumber));

    public async Task<NotificationRecord> AttemptAsync(NotificationRecord record, DeliveryResult result)
    {
        var (claim, _) = await Parts.Claim.ClaimAsync(record.Id, new ClaimRequest("worker"), None);
        var request = new ResultRequest(claim!.Record.Lease!.Token, claim.Record.Epoch, result, null, Notify: claim.Record.Notify);
        var outcome = await Parts.Worker.ResultAsync(record.Id, request, None);
        Assert.True(outcome.Applied);
        return outcome.Record!;
    }

    public async Task<IReadOnlyList<NotificationRecord>> FailManyAsync(int count, string url = "https://direct.example/hook")
    {
        var failed = new List<NotificationRecord>();

        for (var i = 0; i < count; i++)
        {
            failed.Add(await FailAsync(await PostAsync(url)));
        }

        return failed;
    }

    public async Task<NotificationRecord> ReadAsync(string id) => (await Parts.Store.GetAsync(id, None))!;

    /// <summary>As no release would have written it.</summary>
    public Task BreakAsync(string id) => fixture.Table.UpdateItemAsync(new UpdateItemRequest
    {
        TableName = table,
        Key = StateItem.Key(id),
        UpdateExpression = "SET #max = :text",
        ExpressionAttributeNames = new() { ["#max"] = StoredNames.MaxAttempts },
        ExpressionAttributeValues = new() { [":text"] = StoredValue.Of("many") },
    });

    public Task<UpkeepResponse> RunAsync() => Outbox.RunAsync(500, None);

    /// <summary>Until nothing is left to be told, a second at a time.</summary>
    public async Task RunToTheEndAsync()
    {
        for (var looks = 0; looks < 20 && (await RunAsync()).More; looks++)
        {
            Time.Advance(Digests.Pace);
        }
    }

    /// <summary>All callbacks of a type, by the time they were made.</summary>
    public async Task<IReadOnlyList<Told>> ToldAsync(string type)
    {
        var scan = await fixture.Backends.DynamoDbClient.ScanAsync(new ScanRequest { TableName = table, ConsistentRead = true });

        return
        [
            .. scan.Items
                .Where(item => item.Text(StoredNames.Kind) == "request" && item.Text(StoredNames.Tenant) == Tenants.Reserved && item.Text(StoredNames.EventType) == type)
                .Select(item => new Told(item, EventItem.Read(item)))
                .OrderBy(told => told.Event.CreatedAt),
        ];
    }

    public async Task<IReadOnlyList<NotificationsFailed>> FailuresToldAsync() =>
        [.. (await ToldAsync(Failed)).Select(told => told.Read(NotificationsJson.Default.CallbackNotificationsFailed).Data)];
}

/// <summary>A callback as it is stored.</summary>
internal sealed record Told(Item Item, EventRecord Event)
{
    public JsonElement Body => JsonSerializer.Deserialize<JsonElement>(RequestItem.ReadBody(Item));

    public Callback<T> Read<T>(System.Text.Json.Serialization.Metadata.JsonTypeInfo<Callback<T>> type) => JsonSerializer.Deserialize(RequestItem.ReadBody(Item), type)!;
}
