using System.Net;
using System.Net.Sockets;
using Amazon.SQS.Model;
using Waybill.Faults.Tests.Support;
using Waybill.Notifications.Queue;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.TestSupport;
using Waybill.TestSupport.Systems;
using Xunit.Abstractions;

namespace Waybill.Faults.Tests.Races;

/// <summary>The queue is a hint: early, twice, or not at all, the record decides.</summary>
[Trait(Ladder.Name, Ladder.Full)]
public sealed class QueueRaceTests(SystemFixture fixture, ITestOutputHelper output) : FaultTest(fixture, output)
{
    [Fact]
    public async Task Race_of_a_queue_that_delivers_before_Queue_is_written()
    {
        await using var relay = await StatusRelay.StartAsync(Waybill.Status.InternalUrl);
        await using var intake = await Waybill.StartIntakeAsync(("StatusService__InternalUrl", relay.Url.ToString()));
        var held = new TaskCompletionSource();
        using var hold = relay.Hold(StatusClient.Queued, held.Task);
        using var load = Waybill.Post(new LoadShape(), intake);
        await load.ReachesAsync(1);

        var record = await Waybill.BecomesAsync(load.Begun.Single(), record => record.IsFinal);
        Assert.Null(record.QueuedAt);
        Assert.False(load.Completion.IsCompleted);
        held.SetResult();

        var outcome = (await Waybill.SettlesAsync(load)).Single();
        Assert.True(outcome.Post.IsAccepted);
        Assert.Equal(record.Version, outcome.Record!.Version);
        Assert.Single(outcome.Calls);
    }

    [Fact]
    public async Task Race_of_a_crash_between_Accept_and_send()
    {
        await Waybill.Backends.Sqs.StopAsync();

        // Nobody answers, instead of a refusal: that would be noted on the record at once.
        using var deaf = new TcpListener(IPAddress.Loopback, Waybill.Backends.Sqs.Endpoint.Port);
        deaf.Start();
        using var load = Waybill.Post(new LoadShape { TimeoutSeconds = 1 });
        await load.ReachesAsync(1);
        var id = load.Begun.Single();

        // Stored; the send waits for the queue.
        var stored = await Eventually.BecomesAsync(() => Waybill.ReadAsync(id), record => record is not null);
        await Waybill.Intake.KillAsync();
        Assert.Equal((NotificationStatus.Pending, null), (stored!.Status, stored.LastSendError));

        deaf.Stop();
        await Waybill.RestoreAsync();
        var outcome = (await Waybill.SettlesAsync(load)).Single();

        Assert.Null(outcome.Post.Answered);
        Assert.Equal((NotificationStatus.Success, NotificationStatus.Pending), (outcome.Record!.Status, outcome.Record.PreviousStatus));
        Assert.Single(outcome.Calls);
    }

    [Fact]
    public async Task Race_of_a_message_in_the_dead_letter_queue_whose_row_is_still_open()
    {
        await Task.WhenAll(Waybill.Workers.Select(worker => worker.StopAsync()));

        // A new process has no long poll left over from the workers, which would take the message.
        await Waybill.Backends.Sqs.StopAsync();
        await Waybill.Backends.Sqs.StartAsync();

        var id = await Waybill.PostOneAsync(new LoadShape { TimeoutSeconds = 1 });
        await Eventually.BecomesAsync(() => ReceiveAndLeaveUntilDeadAsync(id), isDead => isDead);
        Assert.False((await Waybill.ReadAsync(id))!.IsFinal);

        await Waybill.RestoreAsync();
        var record = await Waybill.BecomesAsync(id, record => record.IsFinal);

        Assert.Equal(NotificationStatus.Success, record.Status);
        Assert.Single(Waybill.Receiver.CallsFor(id));
        Assert.True(await Eventually.BecomesAsync(() => IsDeadLetterAsync(id), isDead => isDead), "It stays visible in the dead-letter queue.");
    }

    [Fact]
    public async Task Race_of_two_dispatchers_on_due_rows()
    {
        await using var second = await Waybill.StartIntakeAsync();
        using var load = Waybill.Post(Scale.Load with { Count = 40, DeliverAt = DateTimeOffset.UtcNow.AddSeconds(5) });

        var outcomes = await Waybill.SettlesAsync(load);

        Proof.NothingIsLost(outcomes);
        Assert.All(outcomes, outcome => Assert.Single(outcome.Calls));
        // Accept, one Redispatch, Claim, Succeed.
        Assert.All(outcomes, outcome => Assert.Equal(4, outcome.Record!.Version));
    }

    /// <summary>As workers that die each time. Other tests may have left messages too, so the one is looked for.</summary>
    private async Task<bool> ReceiveAndLeaveUntilDeadAsync(string id)
    {
        await ReceiveAsync(QueueDefinition.DefaultName, visibilitySeconds: 0);
        return await IsDeadLetterAsync(id);
    }

    private async Task<bool> IsDeadLetterAsync(string id)
    {
        var messages = await ReceiveAsync(QueueDefinition.DeadLetterName(QueueDefinition.DefaultName), visibilitySeconds: 1);
        return messages.Any(message => message.Body.Contains(id, StringComparison.Ordinal));
    }

    private async Task<List<Message>> ReceiveAsync(string queueName, int visibilitySeconds)
    {
        var queue = await Waybill.Backends.SqsClient.GetQueueUrlAsync(queueName);
        var request = new ReceiveMessageRequest(queue.QueueUrl) { MaxNumberOfMessages = 10, VisibilityTimeout = visibilitySeconds, WaitTimeSeconds = 0 };
        return (await Waybill.Backends.SqsClient.ReceiveMessageAsync(request)).Messages ?? [];
    }
}
