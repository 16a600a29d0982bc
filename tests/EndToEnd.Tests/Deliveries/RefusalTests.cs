using Waybill.EndToEnd.Tests.Application;
using Waybill.Notifications.Records;

namespace Waybill.EndToEnd.Tests.Deliveries;

/// <summary>Who may not, what is not there and what is wrong is said as a problem document, with the trace to look for.</summary>
[Collection(WaybillCollection.Name)]
public sealed class RefusalTests(WaybillFixture fixture)
{
    [Theory]
    [InlineData("another-key")]
    [InlineData(null)]
    public async Task Without_the_right_key_both_services_answer_401(string? key)
    {
        var id = await fixture.Waybill.AcceptedAsync($$"""{ "url": "{{fixture.Receiver.Url("/ok")}}" }""");
        using var stranger = new WaybillClient(fixture.IntakeUrl, fixture.StatusUrl, key);

        AssertProblem(401, "unauthorized", await stranger.SubmitAsync($$"""{ "url": "{{fixture.Receiver.Url("/ok")}}" }"""));
        AssertProblem(401, "unauthorized", await stranger.GetAsync(id));
    }

    [Fact]
    public async Task An_unknown_id_is_404()
    {
        AssertProblem(404, "not-found", await fixture.Waybill.GetAsync(NotificationId.New(DateTimeOffset.UtcNow)));
        AssertProblem(404, "not-found", await fixture.Waybill.GetAsync("no-id"));
    }

    [Fact]
    public async Task Every_field_that_is_wrong_is_named()
    {
        var reply = await fixture.Waybill.SubmitAsync("""{ "url": "ftp://example.org", "timeoutSeconds": 31, "colour": "red" }""");

        Assert.Equal(400, reply.Status);
        Assert.Equal("application/problem+json", reply.MediaType);
        Assert.Equal(["colour", "timeoutSeconds", "url"], reply.Json.At("errors").Members().Order());
    }

    private static void AssertProblem(int status, string name, Reply reply)
    {
        Assert.Equal(status, reply.Status);
        Assert.Equal("application/problem+json", reply.MediaType);
        Assert.Equal($"urn:waybill:problem:{name}", reply.Json.Text("type"));
        Assert.NotEmpty(reply.Json.Text("title"));
        Assert.NotEmpty(reply.Json.Text("traceId"));
    }
}
