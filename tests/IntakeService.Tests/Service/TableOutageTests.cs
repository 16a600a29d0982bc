using System.Net;
using Waybill.IntakeService.Tests.Support;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Service;

/// <summary>Rules out that a client is told 202 for what is not stored, or is left in the dark about what it may do.</summary>
[Collection(IntakeCollection.Name)]
public sealed class TableOutageTests(IntakeFixture intake)
{
    private const string Body = """{"url":"http://127.0.0.1:9/hook"}""";

    private readonly string _key = $"key-{Guid.NewGuid()}";

    [Fact]
    public async Task Nothing_is_stored_or_sent_while_the_table_refuses()
    {
        await using var outage = await intake.Setup.KillTableAsync();

        var reply = await intake.Alice.SubmitAsync(Body, _key);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "table-unavailable"), (reply.StatusCode, reply.Problem));
        Assert.Equal("2", reply.Headers["Retry-After"]);
        Assert.Contains("was not stored", reply.Text("title"));

        await outage.EndAsync();
        var id = NotificationId.FromIdempotencyKey("alice", _key);
        Assert.Empty(await intake.Setup.ItemsAsync(id));
        Assert.Equal(0, await intake.Setup.Queue.CountAsync(id));

        var again = await intake.Alice.SubmitAsync(Body, _key);
        Assert.Equal((HttpStatusCode.Accepted, id), (again.StatusCode, again.Id));
        Assert.DoesNotContain("Idempotent-Replayed", again.Headers);
    }

    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task Nothing_is_stored_while_the_status_service_is_down()
    {
        await using var replica = await intake.Setup.StartReplicaAsync(("StatusService__InternalUrl", "http://127.0.0.1:9"));

        var reply = await new IntakeClient(replica.Url, TestKeys.Alice).SubmitAsync(Body);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "table-unavailable"), (reply.StatusCode, reply.Problem));
        Assert.Contains("was not stored", reply.Text("title"));
    }

    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task An_answer_that_is_lost_says_that_it_is_not_known_and_how_to_repeat()
    {
        IntakeReply reply;

        using (intake.Setup.Relay.CutAnswer(StatusClient.Accept))
        {
            reply = await intake.Alice.SubmitAsync(Body, _key);
        }

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "table-unavailable"), (reply.StatusCode, reply.Problem));
        Assert.Contains("It is not known", reply.Text("title"));

        var repeat = await intake.Alice.SubmitAsync(Body, _key);
        Assert.Equal((HttpStatusCode.Accepted, "QUEUED", reply.Id), (repeat.StatusCode, repeat.Status, repeat.Id));
        Assert.Equal("true", repeat.Headers["Idempotent-Replayed"]);
        Assert.Equal(1, await intake.Setup.Queue.CountAsync(reply.Id));
    }
}
