using Waybill.LocalAws;
using Waybill.Notifications.Queue;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.TestSupport;

namespace Waybill.DeliveryWorker.Tests.EndToEnd;

[Collection(WorkerCollection.Name)]
public sealed class FaultTests(WorkerFixture fixture)
{
    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task A_result_is_recorded_without_a_second_call_when_the_status_service_was_away()
    {
        var id = await fixture.SubmitAsync(fixture.Receiver.Url("/delay/1500"));
        await fixture.ArrivesAsync(id);

        await fixture.Status.Process.KillAsync();
        await PrintsAsync(fixture.Worker, "The result was not taken");
        await fixture.Status.Process.StartAsync();

        var record = await fixture.BecomesAsync(id, record => record.IsFinal);
        Assert.Equal(NotificationStatus.Success, record.Status);
        Assert.Single(record.History);
        Assert.Single(fixture.Receiver.ReceivedFor(id));
    }

    [Fact]
    public async Task A_message_that_came_while_the_status_service_was_away_is_delivered_afterwards()
    {
        var accepted = await fixture.Status.Client.AcceptAsync(Submissions.New(url: fixture.Receiver.Url("/hook/away")), CancellationToken.None);
        var id = accepted.Record!.Id;

        await fixture.Status.Process.KillAsync();
        await fixture.SendAsync(id);
        await fixture.Status.Process.StartAsync();

        // Its Dispatcher sends again what the worker had to give back meanwhile.
        await using var intake = await fixture.StartIntakeAsync(QueueDefinition.DefaultName);

        Assert.Equal(NotificationStatus.Success, (await fixture.BecomesAsync(id, record => record.IsFinal)).Status);
    }

    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task A_worker_that_was_frozen_past_its_lease_cannot_record()
    {
        const string Queue = "frozen";
        await fixture.ProvisionAsync(Queue);
        await using var worker = await fixture.StartWorkerAsync(("Delivery__QueueName", Queue));
        var id = await fixture.SubmitAsync(fixture.Receiver.Url("/delay/4500"), timeoutSeconds: 5, Queue);
        await fixture.ArrivesAsync(id);
        await using var frozen = await Frozen.FreezeAsync(worker.ProcessId);

        var (claim, _) = await Eventually.BecomesAsync(
            () => fixture.Status.Client.ClaimAsync(id, new ClaimRequest("another"), CancellationToken.None),
            answer => answer.Claim is not null);
        await frozen.GoOnAsync();
        await PrintsAsync(worker, "The result was refused");

        var record = await fixture.ReadAsync(id);
        Assert.Equal((NotificationStatus.Processing, claim!.Record.Lease!.Token), (record.Status, record.Lease?.Token));
        Assert.Null(record.DeliveryResult);
    }

    [Fact]
    public async Task A_worker_without_its_queue_is_alive_and_says_that_it_is_degraded()
    {
        var nowhere = $"http://127.0.0.1:{LoopbackPort.Pick()}";
        await using var worker = await fixture.StartWorkerAsync(("AWS_ENDPOINT_URL_SQS", nowhere));
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = worker.Url };

        await Eventually.BecomesAsync(() => http.GetStringAsync("/health"), health => health == "Degraded");

        Assert.Equal("Healthy", await http.GetStringAsync("/alive"));
        Assert.Equal(0, await worker.StopAsync());
    }

    [Theory]
    [InlineData("Egress__AllowedCidrs__0", "10.0.0.0/99")]
    [InlineData("Egress__DeniedPorts__0", "70000")]
    [InlineData("Delivery__Concurrency", "0")]
    [InlineData("Delivery__QueueName", "http://queue")]
    [InlineData("StatusService__InternalKey", "")]
    public async Task A_wrong_setting_ends_the_start_and_is_named(string name, string value)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => fixture.StartInProcessAsync((name, value)));

        Assert.Contains(name.Split("__")[1], failure.Message, StringComparison.Ordinal);
    }

    private static Task PrintsAsync(ServiceProcess process, string text) => Eventually.BecomesAsync(
        () => Task.FromResult(process.Printed),
        printed => printed.Contains(text, StringComparison.Ordinal));
}
