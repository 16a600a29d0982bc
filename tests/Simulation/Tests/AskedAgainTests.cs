using Microsoft.Extensions.Options;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.StatusApi.Events;
using Waybill.Notifications.Storage;
using Waybill.Simulation.Events;
using Waybill.Simulation.Table;
using Waybill.StatusService.Endpoints;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;
using Xunit;

namespace Waybill.Simulation.Tests;

/// <summary>
/// An endpoint changes between two askings for one claim, of which the first was granted and its answer lost. Seeds that meet this are rare, so it has a test of its own.
/// </summary>
public sealed class AskedAgainTests
{
    private static readonly EndpointKey Key = new("alice", SimulatedTenant.Name, EndpointId.FromIdempotencyKey("alice", SimulatedTenant.Name, "one"));

    private readonly InMemoryTable _table = new(() => TimeSpan.Zero, () => TimeSpan.Zero);

    [Fact]
    public async Task A_claim_that_is_asked_for_again_names_the_URL_that_is_called()
    {
        var options = Options.Create(new TableOptions());
        var dynamoDb = DynamoDbProxy.Create(_table, (request, _, answer) => Task.FromResult(answer(request)));
        var stored = SimulatedStore.On(dynamoDb, options, TimeProvider.System, Random.Shared);
        var events = stored.EventTransitions;
        var claims = stored.Claim;
        PutEndpoint("https://one.example/old");
        var accepted = await events.AcceptAsync(NewEvent(), CancellationToken.None);
        var id = Assert.Single(accepted.Answer!.Notifications).Id;
        var request = new ClaimRequest("worker", Lease.NewToken());

        var (first, _) = await claims.ClaimAsync(id, request, CancellationToken.None);
        PutEndpoint("https://one.example/new");
        var (again, _) = await claims.ClaimAsync(id, request, CancellationToken.None);

        Assert.Equal(("https://one.example/old", "https://one.example/old"), (first!.Record.Url, first.Request.Url));
        Assert.Equal(("https://one.example/new", "https://one.example/new"), (again!.Record.Url, again.Request.Url));
    }

    private void PutEndpoint(string url)
    {
        var request = new CreateEndpointRequest { Key = Key, Url = url, Types = ["*"], Headers = new Dictionary<string, string>(), TimeoutSeconds = 5, Fingerprint = "one" };
        var secret = new EndpointSecrets(SimulatedTenant.Sealer).New(Key, DateTimeOffset.UnixEpoch).Stored;
        _table.Put(new() { TableName = TableDefinition.DefaultName, Item = EndpointItem.New(request, secret, DateTimeOffset.UnixEpoch) });
    }

    private static AcceptEventRequest NewEvent() => new()
    {
        Id = EventIds.FromIdempotencyKey("alice", "order-1"),
        Owner = "alice",
        Tenant = SimulatedTenant.Name,
        Type = "order.paid",
        Fingerprint = "order-1",
    };
}
