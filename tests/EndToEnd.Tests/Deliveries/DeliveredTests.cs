using Waybill.EndToEnd.Tests.Application;

namespace Waybill.EndToEnd.Tests.Deliveries;

/// <summary>A receiver that answers 200: what the client is told, what the receiver gets, what the record says.</summary>
[Collection(WaybillCollection.Name)]
public sealed class DeliveredTests(WaybillFixture fixture)
{
    private readonly WaybillClient _waybill = fixture.Waybill;
    private readonly ReceiverClient _receiver = fixture.Receiver;

    [Fact]
    public async Task Who_submits_gets_202_with_the_id_and_where_to_look()
    {
        var reply = await _waybill.SubmitAsync($$"""{ "url": "{{_receiver.Url("/ok")}}", "correlationId": "order-1" }""");

        Assert.Equal(202, reply.Status);
        Assert.Equal("application/json", reply.MediaType);
        Assert.Equal(["id", "status", "createdAt", "correlationId", "statusUrl"], reply.Json.Members());
        Assert.Equal("QUEUED", reply.Json.Text("status"));
        Assert.Equal("order-1", reply.Json.Text("correlationId"));
        Assert.Equal(reply.Json.Text("statusUrl"), reply.Headers["Location"]);
        Assert.Equal($"{fixture.StatusUrl}v1/notifications/{reply.Json.Text("id")}", reply.Json.Text("statusUrl"));
    }

    [Fact]
    public async Task The_receiver_gets_one_call_with_the_body_byte_for_byte_and_the_headers()
    {
        var id = await _waybill.AcceptedAsync($$"""
            {
              "url": "{{_receiver.Url("/hook/orders?tenant=7")}}",
              "method": "PUT",
              "headers": { "X-Order": "4711", "Accept": "text/plain" },
              "payload": { "order" : 4711.50, "text" : "ü\u00fc \"quoted\"", "order" : [ 1, 2 ] }
            }
            """);

        await _waybill.DeliveredAsync(id);
        var call = Assert.Single(await _receiver.CallsAsync(id));

        Assert.Equal("PUT", call.Text("method"));
        Assert.Equal("/hook/orders", call.Text("path"));
        Assert.Equal("?tenant=7", call.Text("query"));
        Assert.Equal("""{"order":4711.50,"text":"ü\u00fc \"quoted\"","order":[1,2]}""", call.Text("body"));
        Assert.Equal("4711", call.Text("headers.X-Order"));
        Assert.Equal("text/plain", call.Text("headers.Accept"));
        Assert.Equal("application/json", call.Text("headers.Content-Type"));
        Assert.Equal(id, call.Text("headers.webhook-id"));
        Assert.True(call.Has("headers.webhook-timestamp"));
        Assert.False(call.Has("headers.traceparent"), "our tracing is none of the receiver's business");
    }

    [Fact]
    public async Task Bytes_arrive_as_they_were_given()
    {
        var bytes = Enumerable.Range(0, 256).Select(number => (byte)number).ToArray();
        var id = await _waybill.AcceptedAsync($$"""
            { "url": "{{_receiver.Url("/hook/bytes")}}", "payloadBase64": "{{Convert.ToBase64String(bytes)}}", "contentType": "image/png" }
            """);

        await _waybill.DeliveredAsync(id);
        var call = Assert.Single(await _receiver.CallsAsync(id));

        Assert.Equal(bytes, call.At("bodyBase64").GetBytesFromBase64());
        Assert.Equal("image/png", call.Text("headers.Content-Type"));
    }

    [Fact]
    public async Task The_record_of_a_delivered_notification_has_every_field()
    {
        var url = _receiver.Url("/hook/record");
        var id = await _waybill.AcceptedAsync($$"""{ "url": "{{url}}", "correlationId": "order-2", "payload": 1 }""");
        var record = await _waybill.DeliveredAsync(id);

        Assert.Equal(id, record.Text("id"));
        Assert.Equal("local", record.Text("owner"));
        Assert.Equal(url, record.Text("url"));
        Assert.Equal("POST", record.Text("method"));
        Assert.Equal("order-2", record.Text("correlationId"));
        Assert.Equal(0, record.Number("attempts"));
        Assert.Equal(10, record.Number("maxAttempts"));
        Assert.Equal(0, record.Number("epoch"));
        Assert.InRange(record.Number("version"), 3, 4);
        Assert.False(record.Has("nextAttemptAt"));
        Assert.False(record.Has("deliverAt"));
        Assert.False(record.Has("lastSendError"));

        Assert.True(record.Time("createdAt") <= record.Time("lastDeliveryAttempt"));
        Assert.True(record.Time("lastDeliveryAttempt") <= record.Time("deliveredAt"));
        Assert.Equal(record.Time("deliveredAt"), record.Time("lastUpdatedAt"));

        var attempt = Assert.Single(record.At("history").EnumerateArray());
        Assert.Equal(1, attempt.Number("number"));
        Assert.Equal(0, attempt.Number("epoch"));
        Assert.Equal(200, attempt.Number("statusCode"));
        Assert.Equal("SUCCESS", attempt.Text("category"));
        Assert.True(attempt.Time("startedAt") <= record.Time("deliveredAt"));
        Assert.Equal(record.At("deliveryResult.responseTime").GetDouble(), attempt.At("responseTime").GetDouble());
    }

    [Fact]
    public async Task The_delivery_result_of_a_success_has_every_field()
    {
        var id = await _waybill.AcceptedAsync($$"""{ "url": "{{_receiver.Url("/hook/result?status=201&delay=50")}}", "correlationId": "order-3" }""");
        var result = (await _waybill.DeliveredAsync(id)).At("deliveryResult");

        Assert.True(result.At("success").GetBoolean());
        Assert.False(result.At("retryEligible").GetBoolean());
        Assert.Equal("SUCCESS", result.Text("category"));
        Assert.Equal(201, result.Number("statusCode"));
        Assert.Equal("Created", result.Text("statusText"));
        Assert.InRange(result.At("responseTime").GetDouble(), 50, 15_000);
        Assert.InRange(result.At("timings.ttfb").GetDouble(), 50, result.At("responseTime").GetDouble());
        Assert.True(result.Has("timings.body"));
        Assert.False(result.Has("errorDetails"));
        Assert.True(result.Time("httpResponseReceivedAt") <= result.Time("timestamp"));
        Assert.Equal(1, result.Number("attempt"));
        Assert.Equal("order-3", result.Text("correlationId"));
        Assert.Matches("^[0-9a-f]{32}$", result.Text("traceId"));
        Assert.Matches("^[0-9a-f]{16}$", result.Text("spanId"));
    }
}
