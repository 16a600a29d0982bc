using System.Net;
using Waybill.IntakeService.Tests.Support;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Actions;

[Collection(IntakeCollection.Name)]
public sealed class RedeliverTests(IntakeFixture intake)
{
    private IntakeSetup Setup => intake.Setup;

    [Fact]
    public async Task What_failed_is_sent_again_with_a_fresh_round_of_attempts()
    {
        var id = await intake.FailedAsync();
        var sent = await Setup.Queue.CountAsync(id);

        var reply = await RedeliverAsync(id);

        Assert.Equal((HttpStatusCode.Accepted, id, "QUEUED"), (reply.StatusCode, reply.Id, reply.Status));
        Assert.Equal($"{Setup.Status.PublicUrl}v1/notifications/{id}", reply.Text("statusUrl"));
        Assert.Equal(reply.Text("statusUrl"), reply.Headers["Location"]);
        Assert.Equal(sent + 1, await Setup.Queue.CountAsync(id));

        var record = await Setup.RecordAsync(id);
        Assert.Equal((NotificationStatus.Queued, 1, 0), (record.Status, record.Epoch, record.Attempts));
        Assert.Single(record.History);
        Assert.NotNull(record.DueAt);

        var (claim, _) = await Setup.Status.Client.ClaimAsync(id, new ClaimRequest("test"), CancellationToken.None);
        Assert.NotNull(claim);
    }

    [Fact]
    public async Task What_succeeded_may_be_sent_again() =>
        Assert.Equal(HttpStatusCode.Accepted, (await RedeliverAsync(await intake.SucceededAsync())).StatusCode);

    [Fact]
    public async Task What_was_scheduled_and_cancelled_is_sent_at_once()
    {
        var id = await intake.ScheduledAsync();
        await intake.Alice.PostAsync($"/v1/notifications/{id}/cancel");

        var reply = await RedeliverAsync(id);

        Assert.Equal("QUEUED", reply.Status);
        Assert.Equal(1, await Setup.Queue.CountAsync(id));
    }

    [Fact]
    public async Task It_is_a_conflict_while_it_is_queued() =>
        await AssertConflictAsync(await intake.SubmittedAsync(), "QUEUED");

    [Fact]
    public async Task It_is_a_conflict_while_an_attempt_is_under_way() =>
        await AssertConflictAsync(await intake.ClaimedAsync(), "PROCESSING");

    [Fact]
    public async Task It_is_a_conflict_while_it_waits_for_a_retry() =>
        await AssertConflictAsync(await intake.AwaitingRetryAsync(), "FAILED");

    [Fact]
    public async Task Race_of_ten_that_redeliver_the_same_notification_sends_it_once()
    {
        var id = await intake.FailedAsync();
        var sent = await Setup.Queue.CountAsync(id);

        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => RedeliverAsync(id)));

        Assert.Single(replies, reply => reply.StatusCode == HttpStatusCode.Accepted);
        Assert.Equal(9, replies.Count(reply => reply.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(sent + 1, await Setup.Queue.CountAsync(id));
        Assert.Equal(1, (await Setup.RecordAsync(id)).Epoch);
    }

    [Fact]
    public async Task It_is_taken_while_the_queue_is_down_and_sent_once_it_is_back()
    {
        var id = await intake.FailedAsync();
        var sent = await Setup.Queue.CountAsync(id);
        await using var outage = await Setup.KillQueueAsync();

        var reply = await RedeliverAsync(id);

        Assert.Equal((HttpStatusCode.Accepted, "PENDING"), (reply.StatusCode, reply.Status));
        Assert.NotEmpty((await Setup.RecordAsync(id)).LastSendError!);

        await outage.EndAsync();
        await Eventually.BecomesAsync(() => Setup.Queue.CountAsync(id), count => count > sent);
    }

    [Fact]
    public async Task It_is_sent_although_that_cannot_be_noted()
    {
        var id = await intake.FailedAsync();
        var sent = await Setup.Queue.CountAsync(id);
        using var cut = Setup.Relay.Cut(StatusClient.Queued);

        var reply = await RedeliverAsync(id);

        Assert.Equal((HttpStatusCode.Accepted, "PENDING", id), (reply.StatusCode, reply.Status, reply.Id));
        Assert.Equal(sent + 1, await Setup.Queue.CountAsync(id));
    }

    private Task<IntakeReply> RedeliverAsync(string id) => intake.Alice.PostAsync($"/v1/notifications/{id}/redeliver");

    private async Task AssertConflictAsync(string id, string status)
    {
        var before = await Setup.RecordAsync(id);

        var reply = await RedeliverAsync(id);

        reply.AssertProblem(HttpStatusCode.Conflict, "conflict");
        Assert.Equal((id, status), (reply.Id, reply.Text("notificationStatus")));
        Assert.Equal(before.Version, (await Setup.RecordAsync(id)).Version);
    }
}
