using System.Globalization;
using Waybill.EndToEnd.Tests.Application;

namespace Waybill.EndToEnd.Tests.Deliveries;

/// <summary>A notification for later waits in the table and is sent by the Dispatcher.</summary>
[Collection(WaybillCollection.Name)]
public sealed class ScheduledTests(WaybillFixture fixture)
{
    [Fact]
    public async Task It_is_delivered_and_not_before_its_time()
    {
        var time = DateTimeOffset.UtcNow.AddSeconds(2).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var url = fixture.Receiver.Url("/hook/later");

        var reply = await fixture.Waybill.SubmitAsync($$"""{ "url": "{{url}}", "deliverAt": "{{time}}" }""");
        Assert.Equal(202, reply.Status);
        Assert.Equal("PENDING", reply.Json.Text("status"));
        Assert.Equal(time, reply.Json.Text("deliverAt"));

        var id = reply.Json.Text("id");
        var record = await fixture.Waybill.DeliveredAsync(id);
        var call = Assert.Single(await fixture.Receiver.CallsAsync(id));

        Assert.Equal(time, record.Text("deliverAt"));
        Assert.True(call.Time("receivedAt") >= record.Time("deliverAt"), $"delivered at {call.Text("receivedAt")}, before {time}");
    }
}
