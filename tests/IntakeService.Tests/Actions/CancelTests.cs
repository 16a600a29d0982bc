using System.Net;
using Waybill.IntakeService.Tests.Support;
using Waybill.Notifications.StatusApi;

namespace Waybill.IntakeService.Tests.Actions;

[Collection(IntakeCollection.Name)]
public sealed class CancelTests(IntakeFixture intake)
{
    [Fact]
    public async Task A_scheduled_notification_is_cancelled_and_the_answer_is_its_record()
    {
        var id = await intake.ScheduledAsync();

        var reply = await CancelAsync(id);

        Assert.Equal((HttpStatusCode.OK, id, "FAILED"), (reply.StatusCode, reply.Id, reply.Status));
        Assert.Equal("alice", reply.Text("owner"));
        Assert.Equal("CANCELLED", reply.Json.GetProperty("deliveryResult").GetProperty("category").GetString());
        Assert.False(reply.Json.TryGetProperty("fingerprint", out _));
        Assert.True((await intake.Setup.RecordAsync(id)).IsFinal);
    }

    [Fact]
    public async Task What_was_cancelled_in_the_queue_is_claimed_by_nobody()
    {
        var id = await intake.SubmittedAsync();

        Assert.Equal(HttpStatusCode.OK, (await CancelAsync(id)).StatusCode);

        var (claim, _) = await intake.Setup.Status.Client.ClaimAsync(id, new ClaimRequest("test"), CancellationToken.None);
        Assert.Null(claim);
    }

    [Fact]
    public async Task A_retry_that_waits_is_cancelled()
    {
        var reply = await CancelAsync(await intake.AwaitingRetryAsync());

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.False(reply.Json.TryGetProperty("nextAttemptAt", out _));
        Assert.Single(reply.Json.GetProperty("history").EnumerateArray());
    }

    [Fact]
    public async Task It_is_a_conflict_while_an_attempt_is_under_way() =>
        await AssertConflictAsync(await intake.ClaimedAsync(), "PROCESSING");

    [Fact]
    public async Task It_is_a_conflict_once_it_succeeded() =>
        await AssertConflictAsync(await intake.SucceededAsync(), "SUCCESS");

    [Fact]
    public async Task It_is_a_conflict_once_it_failed_for_good() =>
        await AssertConflictAsync(await intake.FailedAsync(), "FAILED");

    [Fact]
    public async Task Race_of_ten_that_cancel_the_same_notification_has_one_winner()
    {
        var id = await intake.ScheduledAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => CancelAsync(id)));

        Assert.Single(replies, reply => reply.StatusCode == HttpStatusCode.OK);
        Assert.All(replies.Where(reply => reply.StatusCode != HttpStatusCode.OK), reply => reply.AssertProblem(HttpStatusCode.Conflict, "conflict"));
    }

    [Fact]
    public async Task Race_of_the_worker_that_claims_after_the_owner_was_checked_is_settled_by_the_table()
    {
        var id = await intake.SubmittedAsync();
        var held = new TaskCompletionSource();
        using var hold = intake.Setup.Relay.Hold(StatusClient.Cancel, held.Task);
        var cancelling = CancelAsync(id);

        await TestSupport.Eventually.BecomesAsync(() => Task.FromResult(intake.Setup.Relay.Held), count => count > 0);
        var (claim, _) = await intake.Setup.Status.Client.ClaimAsync(id, new ClaimRequest("test"), CancellationToken.None);
        held.SetResult();
        var reply = await cancelling;

        Assert.NotNull(claim);
        reply.AssertProblem(HttpStatusCode.Conflict, "conflict");
        Assert.Equal("PROCESSING", reply.Text("notificationStatus"));
    }

    private Task<IntakeReply> CancelAsync(string id) => intake.Alice.PostAsync($"/v1/notifications/{id}/cancel");

    private async Task AssertConflictAsync(string id, string status)
    {
        var before = await intake.Setup.RecordAsync(id);

        var reply = await CancelAsync(id);

        reply.AssertProblem(HttpStatusCode.Conflict, "conflict");
        Assert.Equal((id, status), (reply.Id, reply.Text("notificationStatus")));
        Assert.Equal(before.Version, (await intake.Setup.RecordAsync(id)).Version);
    }
}
