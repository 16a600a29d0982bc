using System.Net;
using Waybill.IntakeService.Tests.Support;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Service;

/// <summary>Rules out that what happens between storing and answering is lost or told wrongly.</summary>
[Collection(IntakeCollection.Name)]
public sealed class StatusOutageTests(IntakeFixture intake)
{
    private const string Body = """{"url":"http://127.0.0.1:9/hook","timeoutSeconds":30}""";

    private IntakeSetup Setup => intake.Setup;

    [Fact]
    public async Task The_status_service_dies_between_send_and_queued()
    {
        var key = $"key-{Guid.NewGuid()}";
        IntakeReply reply;

        using (Setup.Relay.Cut(StatusClient.Queued))
        {
            reply = await intake.Alice.SubmitAsync(Body, key);
        }

        Assert.Equal((HttpStatusCode.Accepted, "PENDING"), (reply.StatusCode, reply.Status));
        Assert.Equal(1, await Setup.Queue.CountAsync(reply.Id));
        Assert.Equal(NotificationStatus.Pending, (await Setup.RecordAsync(reply.Id)).Status);

        var repeat = await intake.Alice.SubmitAsync(Body, key);
        Assert.Equal((HttpStatusCode.Accepted, "QUEUED", reply.Id), (repeat.StatusCode, repeat.Status, repeat.Id));
    }

    [Fact]
    public async Task Race_of_the_worker_that_claims_before_queued_is_written()
    {
        var held = new TaskCompletionSource();
        using var hold = Setup.Relay.Hold(StatusClient.Queued, held.Task);
        var key = $"key-{Guid.NewGuid()}";
        var submitting = intake.Alice.SubmitAsync(Body, key);

        var id = NotificationId.FromIdempotencyKey("alice", key);
        await Eventually.BecomesAsync(() => Setup.Queue.CountAsync(id), count => count >= 1);
        var (claim, _) = await Setup.Status.Client.ClaimAsync(id, new ClaimRequest("test"), CancellationToken.None);
        Assert.NotNull(claim);

        held.SetResult();
        var reply = await submitting;

        Assert.Equal((HttpStatusCode.Accepted, "QUEUED"), (reply.StatusCode, reply.Status));
        Assert.Equal(NotificationStatus.Processing, (await Setup.RecordAsync(id)).Status);
    }

    [Fact]
    public async Task A_client_that_hangs_up_leaves_nothing_half_done()
    {
        var held = new TaskCompletionSource();
        using var hold = Setup.Relay.Hold(StatusClient.Accept, held.Task);
        using var hangUp = new CancellationTokenSource();
        var key = $"key-{Guid.NewGuid()}";
        var submitting = intake.Alice.SubmitAsync(Body, key, hangUp.Token);

        await Eventually.BecomesAsync(() => Task.FromResult(Setup.Relay.Held), held => held > 0);
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => submitting);
        held.SetResult();

        var id = NotificationId.FromIdempotencyKey("alice", key);
        await Eventually.BecomesAsync(() => Setup.Status.Client.GetAsync(id, CancellationToken.None), record => record?.Status == NotificationStatus.Queued);
        Assert.Equal(1, await Setup.Queue.CountAsync(id));
    }
}
