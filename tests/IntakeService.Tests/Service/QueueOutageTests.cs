using System.Diagnostics;
using System.Globalization;
using System.Net;
using Waybill.IntakeService.Dispatching;
using Waybill.IntakeService.Tests.Support;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Service;

/// <summary>Rules out that a queue that is down costs a notification or turns clients away.</summary>
[Collection(IntakeCollection.Name)]
public sealed class QueueOutageTests(IntakeFixture intake)
{
    private const string Body = """{"url":"http://127.0.0.1:9/hook","payload":{"n":1}}""";

    [Fact]
    public async Task A_notification_is_taken_while_the_queue_is_down_and_sent_once_it_is_back()
    {
        var setup = intake.Setup;
        await using var outage = await setup.KillQueueAsync();

        var reply = await intake.Alice.SubmitAsync(Body);

        Assert.Equal(HttpStatusCode.Accepted, reply.StatusCode);
        Assert.Equal("PENDING", reply.Status);
        Assert.Equal(HttpStatusCode.OK, (await intake.Alice.GetAsync("/health")).StatusCode);

        var record = await setup.RecordAsync(reply.Id);
        Assert.Equal(NotificationStatus.Pending, record.Status);
        Assert.NotEmpty(record.LastSendError!);
        Assert.InRange(record.DueAt!.Value - record.LastUpdatedAt, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));

        await outage.EndAsync();
        var watch = Stopwatch.StartNew();

        await Eventually.BecomesAsync(() => setup.Queue.CountAsync(reply.Id), count => count > 0);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));

        record = await setup.RecordAsync(reply.Id);
        Assert.Equal(NotificationStatus.Queued, record.Status);
        Assert.Equal(NotificationStatus.Pending, record.PreviousStatus);
    }

    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task Race_of_a_send_that_times_out_although_the_queue_took_it()
    {
        // What an earlier test has cut off is known to be back.
        await Eventually.BecomesAsync(() => intake.Alice.SubmitAsync(Body), reply => reply.Status == "QUEUED");
        await using var outage = await intake.Setup.FreezeQueueAsync();

        var reply = await intake.Alice.SubmitAsync(Body);

        Assert.Equal((HttpStatusCode.Accepted, "PENDING"), (reply.StatusCode, reply.Status));
        Assert.Contains("it may have the message", (await intake.Setup.RecordAsync(reply.Id)).LastSendError);

        await outage.EndAsync();

        // The copy that arrives late and the Dispatcher's: the record tells which one counts.
        await Eventually.BecomesAsync(() => intake.Setup.Queue.CountAsync(reply.Id), count => count > 0);
        await Eventually.BecomesAsync(() => intake.Setup.RecordAsync(reply.Id), record => record.Status == NotificationStatus.Queued);

        var (claim, _) = await intake.Setup.Status.Client.ClaimAsync(reply.Id, new ClaimRequest("first copy"), CancellationToken.None);
        var (second, _) = await intake.Setup.Status.Client.ClaimAsync(reply.Id, new ClaimRequest("second copy"), CancellationToken.None);
        Assert.NotNull(claim);
        Assert.Null(second);
    }

    [Fact]
    public async Task Clients_do_not_wait_for_a_queue_that_is_known_to_be_down()
    {
        await using var outage = await intake.Setup.KillQueueAsync();
        await IsKnownAsync(intake.Setup);
    }

    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task An_outage_costs_few_writes_however_much_is_due()
    {
        const int Due = 40;

        // Later than the last of them is taken: what is taken when it is due already is sent at once, and noted as not sent.
        var untilDue = TimeSpan.FromSeconds(10);
        var betweenPasses = PollInterval.WithJitter(TimeSpan.FromSeconds(new DispatcherOptions().BusyPollSeconds), random: 1);

        // Of its own, as what other tests have left is due as well, and for longer.
        await using var setup = await IntakeSetup.StartAsync();
        await using var outage = await setup.KillQueueAsync();
        await IsKnownAsync(setup);
        var alice = setup.ClientWith(TestKeys.Alice);

        var begun = Stopwatch.GetTimestamp();
        var deliverAt = (DateTimeOffset.UtcNow + untilDue).ToString("O", CultureInfo.InvariantCulture);
        var scheduled = $$"""{"url":"http://127.0.0.1:9/hook","deliverAt":"{{deliverAt}}"}""";
        var replies = await Task.WhenAll(Enumerable.Range(0, Due).Select(_ => alice.AcceptedAsync(scheduled)));

        Assert.True(Stopwatch.GetElapsedTime(begun) < untilDue, "The machine was too busy to take them all before they were due.");

        var records = await Eventually.BecomesAsync(
            () => Task.WhenAll(replies.Select(reply => setup.RecordAsync(reply.Id))),
            records => records.Count(record => record.LastSendError is not null) >= 3);

        // A pass of the Dispatcher marks one of them and takes the mark back. On a busy machine more have been than were waited for.
        var passes = 1 + (int)((Stopwatch.GetElapsedTime(begun) - untilDue) / betweenPasses);
        Assert.InRange(records.Sum(record => record.Version - 1), 6, 2 * passes);
        Assert.All(records, record => Assert.False(record.IsFinal));
    }

    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task A_client_that_repeats_after_the_outage_need_not_wait_for_the_dispatcher()
    {
        await using var setup = await IntakeSetup.StartAsync(("Dispatcher__BusyPollSeconds", "60"), ("Dispatcher__IdlePollSeconds", "60"));
        var alice = setup.ClientWith(TestKeys.Alice);

        await using var outage = await setup.KillQueueAsync();
        var first = await alice.SubmitAsync(Body, "key");
        Assert.Equal("PENDING", first.Status);
        Assert.Equal("PENDING", (await alice.SubmitAsync(Body, "key")).Status);

        await outage.EndAsync();
        var repeat = await Eventually.BecomesAsync(() => alice.SubmitAsync(Body, "key"), reply => reply.Status == "QUEUED");

        Assert.Equal(first.Id, repeat.Id);
        Assert.Equal("true", repeat.Headers["Idempotent-Replayed"]);
        Assert.Equal(1, await setup.Queue.CountAsync(first.Id));
    }

    [Fact]
    public async Task A_notification_is_pending_even_when_the_failed_send_cannot_be_noted()
    {
        await using var outage = await intake.Setup.KillQueueAsync();

        using var cut = intake.Setup.Relay.Cut(StatusClient.RollBack);
        var reply = await intake.Alice.SubmitAsync(Body);

        Assert.Equal(HttpStatusCode.Accepted, reply.StatusCode);
        Assert.Equal("PENDING", reply.Status);

        var record = await intake.Setup.RecordAsync(reply.Id);
        Assert.Equal(NotificationStatus.Pending, record.Status);
        Assert.NotNull(record.DueAt);
    }

    /// <summary>Of posts at the same moment one asks the queue, once intake knows of the outage.</summary>
    private static Task IsKnownAsync(IntakeSetup setup) => Eventually.BecomesAsync(
        async () => string.Join(' ', await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => LastSendErrorOfAnotherAsync(setup)))),
        errors => errors.Contains("it is asked again", StringComparison.Ordinal));

    private static async Task<string?> LastSendErrorOfAnotherAsync(IntakeSetup setup)
    {
        var reply = await setup.ClientWith(TestKeys.Alice).AcceptedAsync(Body);
        Assert.Equal("PENDING", reply.Status);
        return (await setup.RecordAsync(reply.Id)).LastSendError;
    }
}
