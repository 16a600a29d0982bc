using System.Text;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.Sealing;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.StatusApi.Events;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Support;

/// <summary>A tenant of a test's own, whose endpoints and events go through the service.</summary>
internal sealed class TestTenant(StatusFixture fixture, string owner = "alice", string? name = null)
{
    public const string Url = "https://example.com/hooks";
    public const string Body = """{"order":4711}""";

    private static readonly CancellationToken None = CancellationToken.None;

    public string Owner { get; } = owner;

    public string Name { get; } = name ?? $"t{Guid.NewGuid():N}";

    private StatusClient Client => fixture.Status.Client;

    public EndpointClient Endpoints => fixture.Status.Endpoints;

    public EndpointKey NewKey() => new(Owner, Name, EndpointId.New(DateTimeOffset.UtcNow));

    public EndpointKey KeyOf(EndpointRecord endpoint) => new(Owner, Name, endpoint.Id);

    public CreateEndpointRequest Creation(params string[] types) => new()
    {
        Key = NewKey(),
        Url = Url,
        Description = "Orders",
        Types = types,
        Headers = new Dictionary<string, string> { ["X-Tenant"] = "example", ["Authorization"] = "Bearer hidden-value" },
        TimeoutSeconds = DeliveryTiming.DefaultTimeoutSeconds,
        Fingerprint = "fingerprint",
    };

    public async Task<(EndpointRecord Endpoint, string Secret)> CreateAsync(params string[] types)
    {
        var outcome = await Endpoints.CreateAsync(Creation(types), None);
        Assert.True(outcome.Applied);
        return (outcome.Endpoint!, outcome.Answer!.Secret!);
    }

    /// <summary>Beside the service, and so without its checks, to have many quickly.</summary>
    public Task PutManyAsync(int count) => Parallel.ForAsync(0, count, async (_, token) =>
    {
        var request = Creation("order.*");
        var secret = new EndpointSecret(new Sealer([TestKeys.Sealing]).Seal("whsec_AAAA"u8, Owner, Name, request.Key.Id), DateTimeOffset.UtcNow);
        Assert.True((await fixture.Parts.Endpoints.InsertAsync(EndpointItem.New(request, secret, DateTimeOffset.UtcNow), token)).Applied);
    });

    public async Task<EndpointRecord> ChangeAsync(EndpointRecord endpoint, Func<ChangeEndpointRequest, ChangeEndpointRequest> change)
    {
        var outcome = await Endpoints.ChangeAsync(change(new ChangeEndpointRequest { Key = KeyOf(endpoint) }), None);
        Assert.True(outcome.Applied);
        return outcome.Endpoint!;
    }

    public async Task DeleteAsync(EndpointRecord endpoint) =>
        Assert.True((await Endpoints.DeleteAsync(new DeleteEndpointRequest(KeyOf(endpoint)), None)).Applied);

    public AcceptEventRequest Event(string type = "order.paid") => new()
    {
        Id = EventIds.New(DateTimeOffset.UtcNow),
        Owner = Owner,
        Tenant = Name,
        Type = type,
        ContentType = "application/json",
        Body = Encoding.UTF8.GetBytes(Body),
        Fingerprint = "fingerprint of an event",
        CorrelationId = $"order of {Name}",
        Traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    };

    public Task<EventOutcome> PostAsync(AcceptEventRequest happened) => Client.AcceptAsync(happened, None);

    /// <summary>An event that matches one endpoint at least.</summary>
    /// <returns>Its notifications.</returns>
    public async Task<IReadOnlyList<NotificationRecord>> PostAsync(string type = "order.paid")
    {
        var outcome = await PostAsync(Event(type));
        Assert.True(outcome.Applied);
        Assert.NotEmpty(outcome.Answer!.Notifications);
        return outcome.Answer.Notifications;
    }

    /// <summary>An endpoint's item as it is stored; null when there is none.</summary>
    public Task<Item?> ReadAsync(EndpointKey key) => ReadAsync(EndpointItem.Key(key));

    public async Task<Item?> ReadAsync(Item key) =>
        (await fixture.Table.GetItemAsync(new GetItemRequest { TableName = TableDefinition.DefaultName, Key = key, ConsistentRead = true })).Item;
}
