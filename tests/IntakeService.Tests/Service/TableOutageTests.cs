using System.Net;
using Amazon.DynamoDBv2.Model;
using Waybill.IntakeService.Tests.Support;
using Waybill.Notifications.Storage;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Service;

/// <summary>Rules out that a client is told 202 for what is not stored, or is left in the dark about what it may do.</summary>
public sealed class TableOutageTests
{
    private const string Body = """{"url":"http://127.0.0.1:9/hook"}""";

    [Fact]
    public async Task Nothing_is_stored_or_sent_while_the_table_refuses()
    {
        await using var setup = await IntakeSetup.StartAsync();
        await setup.Backends.DynamoDb.KillAsync();

        var reply = await setup.ClientWith(TestKeys.Alice).SubmitAsync(Body);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "table-unavailable"), (reply.StatusCode, reply.Problem));
        Assert.Equal("2", reply.Headers["Retry-After"]);
        Assert.Contains("was not stored", reply.Text("title"));

        await setup.Backends.DynamoDb.StartAsync();
        var items = await setup.Backends.DynamoDbClient.ScanAsync(new ScanRequest(TableDefinition.DefaultName));
        Assert.Equal(0, items.Count);
        Assert.Empty(await setup.Queue.CountsAsync());

        Assert.Equal(HttpStatusCode.Accepted, (await setup.ClientWith(TestKeys.Alice).SubmitAsync(Body)).StatusCode);
    }

    [Fact]
    public async Task Nothing_is_stored_while_the_status_service_is_down()
    {
        await using var setup = await IntakeSetup.StartAsync(("StatusService__InternalUrl", "http://127.0.0.1:9"));

        var reply = await setup.ClientWith(TestKeys.Alice).SubmitAsync(Body);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "table-unavailable"), (reply.StatusCode, reply.Problem));
        Assert.Contains("was not stored", reply.Text("title"));
    }

    [Fact]
    public async Task An_answer_that_is_lost_says_that_it_is_not_known_and_how_to_repeat()
    {
        await using var setup = await IntakeSetup.StartAsync();
        var alice = setup.ClientWith(TestKeys.Alice);
        IntakeReply reply;

        using (setup.Relay.CutAnswer("/notifications"))
        {
            reply = await alice.SubmitAsync(Body, "key");
        }

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "table-unavailable"), (reply.StatusCode, reply.Problem));
        Assert.Contains("It is not known", reply.Text("title"));

        var repeat = await alice.SubmitAsync(Body, "key");
        Assert.Equal((HttpStatusCode.Accepted, "QUEUED", reply.Id), (repeat.StatusCode, repeat.Status, repeat.Id));
        Assert.Equal("true", repeat.Headers["Idempotent-Replayed"]);
        Assert.Equal(1, await setup.Queue.CountAsync(reply.Id));
    }
}
