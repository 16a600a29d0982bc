using System.Text.Json;
using Waybill.EndToEnd.Tests.Application;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Tour;

/// <summary>How the walk of docs/endpoints.md goes on where nobody repairs the endpoint: it is disabled, its owner is told, and what failed comes back with one call.</summary>
[Collection(WaybillCollection.Name)]
[Trait(Ladder.Name, Ladder.Full)]
public sealed class UnrepairedEndpointTests(WaybillFixture fixture) : IDisposable
{
    private static readonly PrintedTour Before = PrintedTour.Endpoints;
    private static readonly PrintedTour Printed = PrintedTour.UnrepairedEndpoint;

    private readonly TypedTour _tour = new(fixture);

    [Fact]
    public async Task A_broken_endpoint_is_disabled_its_owner_is_told_and_all_of_it_is_delivered_once_it_is_repaired()
    {
        await _tour.TypeAsync(Before, """{"url":"http://localhost:5198/orders",""");
        await using var shop = await OwnReceiver.StartAsync(_tour.Take(Before, "receiver.mjs"), _tour.Shop);
        var broken = await _tour.TypeAsync(Before, """{"url":"http://localhost:5197/typo",""");
        var typedBefore = _tour.Typed.Count();

        await TypeAsync("/v1/tenants/waybill/endpoints");
        await using var callbacks = await OwnReceiver.StartAsync(_tour.Take(Printed, "receiver.mjs"), _tour.Callbacks);
        await TypeAsync("5197/again");
        var orders = await TypeAsync("/v1/events/batch");
        Assert.Equal(2, orders.At("results").GetArrayLength());

        await callbacks.PrintsAsync("\"type\":\"waybill.endpoint.failing\"");
        await callbacks.PrintsAsync("\"type\":\"waybill.endpoint.disabled\"");

        var shipped = await TypeAsync("order.shipped");
        Assert.Equal("FAILED", Of(shipped, broken).Text("status"));
        await callbacks.PrintsAsync($"\"id\":\"{Of(shipped, broken).Text("id")}\"");

        await TypeAsync("localhost:5199/ok");
        Assert.Equal("ACTIVE", (await TypeAsync("/enable")).Text("status"));
        await TypeAsync("/redeliver ");
        await _tour.BecomesAsync(Printed, "/v1/events/$", now => now.At("notifications").EnumerateArray().All(notification => notification.Text("status") == "SUCCESS"));
        await callbacks.PrintsAsync("\"type\":\"waybill.endpoint.recovered\"");

        Assert.Equal(Printed.Commands, _tour.Typed.Skip(typedBefore));
    }

    public void Dispose() => _tour.Dispose();

    private Task<JsonElement> TypeAsync(string part) => _tour.TypeAsync(Printed, part);

    private static JsonElement Of(JsonElement happened, JsonElement endpoint) =>
        happened.At("notifications").EnumerateArray().Single(notification => notification.Text("endpointId") == endpoint.Text("id"));
}
