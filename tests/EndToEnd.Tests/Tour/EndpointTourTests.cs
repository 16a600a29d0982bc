using System.Text.Json;
using Waybill.EndToEnd.Tests.Application;

namespace Waybill.EndToEnd.Tests.Tour;

/// <summary>What docs/endpoints.md has its reader type, typed in its order.</summary>
[Collection(WaybillCollection.Name)]
public sealed class EndpointTourTests(WaybillFixture fixture) : IDisposable
{
    private static readonly PrintedTour Printed = PrintedTour.Endpoints;

    private readonly TypedTour _tour = new(fixture);

    [Fact]
    public async Task An_order_is_verified_at_one_endpoint_and_waits_for_the_other_until_its_URL_is_repaired()
    {
        var shop = await TypeAsync("""{"url":"http://localhost:5198/orders",""");
        await using var receiver = await OwnReceiver.StartAsync(_tour.Take(Printed, "receiver.mjs"), _tour.Shop);
        var broken = await TypeAsync("""{"url":"http://localhost:5197/typo",""");

        var order = await TypeAsync("/v1/events ");
        await receiver.PrintsAsync($$"""verified {{order.Text("id")}}: {"order":4711,"state":"paid"}""");
        var happened = await BecomesAsync("/v1/events/$", now => Of(now, shop).Text("status") == "SUCCESS" && Of(now, broken).Has("waiting") && Of(now, broken).Text("waiting.reason") == "RETRY");
        Assert.False(Of(happened, broken).At("final").GetBoolean());

        var repaired = await TypeAsync("-X PATCH");
        var record = await BecomesAsync("/v1/notifications/$", now => now.Text("status") == "SUCCESS");

        Assert.Equal(Of(order, broken).Text("id"), record.Text("id"));
        var called = record.At("history").EnumerateArray().Select(attempt => attempt.Text("url")).ToList();
        Assert.Equal(repaired.Text("url"), called[^1]);
        Assert.All(called[..^1], url => Assert.Equal(broken.Text("url"), url));
        Assert.NotEqual(broken.Text("url"), repaired.Text("url"));
        Assert.Equal(order.Text("id"), Assert.Single(await fixture.Receiver.CallsAsync(order.Text("id"))).Text("webhookId"));

        Assert.Equal("PAUSED", (await TypeAsync("/pause ")).Text("status"));
        Assert.Equal("ACTIVE", (await TypeAsync("/resume ")).Text("status"));

        var job = await TypeAsync("/redeliver ");
        Assert.Equal(broken.Text("id"), job.Text("filter.endpoint"));

        Assert.Equal(Printed.Commands, _tour.Typed);
        Assert.Equal([.. shop.Members()], Printed.Answers[0].Members());
        Assert.Equal([.. order.Members()], Printed.Answers[1].Members());
        Assert.Equal([.. happened.Members()], Printed.Answers[2].Members());
        Assert.Equal([.. Of(happened, broken).Members()], Printed.Answers[2].At("notifications")[1].Members());
    }

    public void Dispose() => _tour.Dispose();

    /// <summary>The event's notification for that endpoint.</summary>
    private static JsonElement Of(JsonElement happened, JsonElement endpoint) =>
        happened.At("notifications").EnumerateArray().Single(notification => notification.Text("endpointId") == endpoint.Text("id"));

    private Task<JsonElement> BecomesAsync(string part, Func<JsonElement, bool> expected) => _tour.BecomesAsync(Printed, part, expected);

    private Task<JsonElement> TypeAsync(string part) => _tour.TypeAsync(Printed, part);
}
