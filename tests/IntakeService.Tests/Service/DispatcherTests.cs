using System.Diagnostics;
using System.Globalization;
using System.Net;
using Waybill.IntakeService.Tests.Support;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Service;

/// <summary>Rules out that anything accepted gets stuck, whatever happened to the message or the one who had it in hand.</summary>
[Collection(IntakeCollection.Name)]
public sealed class DispatcherTests(IntakeFixture intake)
{
    private IntakeSetup Setup => intake.Setup;

    private StatusClient Status => Setup.Status.Client;

    [Fact]
    public async Task A_scheduled_notification_is_sent_when_its_time_has_come()
    {
        var deliverAt = DateTimeOffset.UtcNow.AddSeconds(4);
        var reply = await SubmitAsync($"\"deliverAt\":\"{deliverAt.ToString("O", CultureInfo.InvariantCulture)}\"");
        Assert.Equal("PENDING", reply.Status);

        var record = await Eventually.BecomesAsync(() => Status.GetAsync(reply.Id, CancellationToken.None), record => record!.Status == NotificationStatus.Queued);

        Assert.InRange(record!.QueuedAt!.Value - deliverAt, TimeSpan.FromMilliseconds(-1), TimeSpan.FromSeconds(10));
        await Eventually.BecomesAsync(() => Setup.Queue.CountAsync(reply.Id), count => count >= 1);
    }

    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task What_was_stored_by_an_intake_that_crashed_before_the_send_is_sent()
    {
        var held = new TaskCompletionSource();
        using var hold = Setup.Relay.HoldAnswer(StatusClient.Accept, held.Task);
        var key = $"key-{Guid.NewGuid()}";
        var submitting = intake.Alice.SubmitAsync("""{"url":"http://127.0.0.1:9/","timeoutSeconds":1}""", key);
        var id = NotificationId.FromIdempotencyKey("alice", key);

        await Eventually.BecomesAsync(() => Status.GetAsync(id, CancellationToken.None), record => record is not null);
        await Setup.Intake.KillAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => submitting);
        held.SetResult();

        await Setup.Intake.StartAsync();
        await Eventually.BecomesAsync(() => Setup.Queue.CountAsync(id), count => count >= 1);
    }

    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task A_message_that_got_lost_and_a_worker_that_died_are_made_good()
    {
        // The due time after a dispatch is 11 s away with a timeout of 1 s: 6 s of lease, 5 s for the queue.
        var lost = await SubmitAsync("\"timeoutSeconds\":1");
        var died = await SubmitAsync("\"timeoutSeconds\":1");
        Assert.Equal(1, await Setup.Queue.CountAsync(lost.Id));
        var (claim, _) = await Status.ClaimAsync(died.Id, new ClaimRequest("test"), CancellationToken.None);
        Assert.NotNull(claim);

        await Eventually.BecomesAsync(() => Setup.Queue.CountAsync(lost.Id), count => count == 2);
        await Eventually.BecomesAsync(() => Setup.Queue.CountAsync(died.Id), count => count == 2);

        var record = await Status.GetAsync(died.Id, CancellationToken.None);
        Assert.Equal(NotificationStatus.Processing, record!.PreviousStatus);
        Assert.Equal(NotificationStatus.Queued, record.Status);
    }

    [Fact]
    public async Task A_retry_is_sent_when_it_is_due()
    {
        var reply = await SubmitAsync("\"timeoutSeconds\":5");
        var (claim, _) = await Status.ClaimAsync(reply.Id, new ClaimRequest("test"), CancellationToken.None);
        var result = new ResultRequest(claim!.Record.Lease!.Token, claim.Record.Epoch, Results.ServerError(), RetryInSeconds: 1);
        Assert.True((await Status.ResultAsync(reply.Id, result, CancellationToken.None)).Applied);

        await Eventually.BecomesAsync(() => Setup.Queue.CountAsync(reply.Id), count => count == 2);
        var record = await Status.GetAsync(reply.Id, CancellationToken.None);
        Assert.Equal((NotificationStatus.Queued, NotificationStatus.Failed), (record!.Status, record.PreviousStatus));
    }

    [Fact]
    public async Task A_notification_that_uses_up_its_claims_is_given_up()
    {
        // One attempt is planned, so six claims are allowed; these workers ask for a retry that the schedule does not have.
        var reply = await SubmitAsync("\"retrySchedule\":[]");

        for (var claims = 1; claims <= 7; claims++)
        {
            var (claim, _) = await Status.ClaimAsync(reply.Id, new ClaimRequest("test"), CancellationToken.None);
            var retryInSeconds = claims < 7 ? 0 : 0.5;
            var result = new ResultRequest(claim!.Record.Lease!.Token, claim.Record.Epoch, Results.ServerError(claims), retryInSeconds);
            await Status.ResultAsync(reply.Id, result, CancellationToken.None);
        }

        var record = await Eventually.BecomesAsync(() => Setup.RecordAsync(reply.Id), record => record.IsFinal);
        Assert.Equal(NotificationStatus.Failed, record.Status);
        Assert.Equal(DeliveryCategory.Abandoned, record.DeliveryResult!.Category);
        Assert.Contains("6 times are allowed", record.DeliveryResult.ErrorDetails!.Message);
    }

    [Fact]
    public async Task Race_of_two_dispatchers_on_one_due_row_sends_once()
    {
        await using var replica = await Setup.StartReplicaAsync();
        var deliverAt = DateTimeOffset.UtcNow.AddSeconds(3).ToString("O", CultureInfo.InvariantCulture);
        var replies = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => SubmitAsync($"\"timeoutSeconds\":30,\"deliverAt\":\"{deliverAt}\"")));

        foreach (var reply in replies)
        {
            await Eventually.BecomesAsync(() => Setup.Queue.CountAsync(reply.Id), count => count > 0);
        }

        var counts = await Setup.Queue.CountsAsync();
        Assert.All(replies, reply => Assert.Equal(1, counts[reply.Id]));
    }

    [Fact]
    public async Task Sigterm_ends_it_within_seconds_with_exit_code_0()
    {
        var watch = Stopwatch.StartNew();

        Assert.Equal(0, await Setup.Intake.StopAsync());
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        await Setup.Intake.StartAsync();
    }

    private async Task<IntakeReply> SubmitAsync(string fields)
    {
        var reply = await intake.Alice.SubmitAsync($$"""{"url":"http://127.0.0.1:9/hook",{{fields}}}""");
        Assert.Equal(HttpStatusCode.Accepted, reply.StatusCode);
        return reply;
    }
}
