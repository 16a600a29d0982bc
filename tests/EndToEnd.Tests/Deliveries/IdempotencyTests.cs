using Waybill.EndToEnd.Tests.Application;

namespace Waybill.EndToEnd.Tests.Deliveries;

/// <summary>A client that does not know whether its request arrived may repeat it.</summary>
[Collection(WaybillCollection.Name)]
public sealed class IdempotencyTests(WaybillFixture fixture)
{
    private readonly (string, string) _key = ("Idempotency-Key", $"order-{Guid.NewGuid()}");

    [Fact]
    public async Task A_repeat_is_the_same_notification_and_makes_no_second_call()
    {
        var notification = $$"""{ "url": "{{fixture.Receiver.Url("/hook/once")}}", "payload": { "order": 4711 } }""";

        var id = await fixture.Waybill.AcceptedAsync(notification, _key);
        await fixture.Waybill.DeliveredAsync(id);
        var repeat = await fixture.Waybill.SubmitAsync(notification, _key);

        Assert.Equal(202, repeat.Status);
        Assert.Equal(id, repeat.Json.Text("id"));
        Assert.Equal("SUCCESS", repeat.Json.Text("status"));
        Assert.Equal("true", repeat.Headers["Idempotent-Replayed"]);
        Assert.Single(await fixture.Receiver.CallsAsync(id));
    }

    [Fact]
    public async Task Repeats_at_the_same_time_make_one_call()
    {
        var notification = $$"""{ "url": "{{fixture.Receiver.Url("/hook/together")}}" }""";

        var ids = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => fixture.Waybill.AcceptedAsync(notification, _key)));

        var id = Assert.Single(ids.Distinct());
        await fixture.Waybill.DeliveredAsync(id);
        Assert.Single(await fixture.Receiver.CallsAsync(id));
    }

    [Fact]
    public async Task A_key_used_for_another_request_is_refused()
    {
        await fixture.Waybill.AcceptedAsync($$"""{ "url": "{{fixture.Receiver.Url("/ok")}}" }""", _key);
        var other = await fixture.Waybill.SubmitAsync($$"""{ "url": "{{fixture.Receiver.Url("/ok?other")}}" }""", _key);

        Assert.Equal(422, other.Status);
        Assert.Equal("urn:waybill:problem:idempotency-key-reused", other.Json.Text("type"));
    }
}
