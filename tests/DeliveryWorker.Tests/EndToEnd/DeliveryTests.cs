using System.Diagnostics;
using Waybill.LocalAws;
using Waybill.Notifications.Queue;
using Waybill.Notifications.Records;
using Waybill.TestSupport;

namespace Waybill.DeliveryWorker.Tests.EndToEnd;

[Collection(WorkerCollection.Name)]
public sealed class DeliveryTests(WorkerFixture fixture)
{
    [Fact]
    public async Task A_receiver_that_answers_200_makes_a_SUCCESS()
    {
        var id = await fixture.SubmitAsync(fixture.Receiver.Url("/hook/success"));

        var record = await fixture.BecomesAsync(id, record => record.IsFinal);

        Assert.Equal(NotificationStatus.Success, record.Status);
        Assert.NotNull(record.DeliveredAt);
        var result = record.DeliveryResult!;
        Assert.Equal((true, false, 200, "OK", 1), (result.Success, result.RetryEligible, result.StatusCode, result.StatusText, result.Attempt));
        Assert.Equal("order-4711", result.CorrelationId);
        Assert.NotNull(result.HttpResponseReceivedAt);
        Assert.NotNull(result.Timings?.Ttfb);
        Assert.Equal(result.TraceId, record.History.Single().TraceId);
        Assert.StartsWith("v1,", fixture.Receiver.ReceivedFor(id).Single().Headers["webhook-signature"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trace_goes_on_from_the_queue_to_the_result()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "MassTransit" or "test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("test");
        using var activity = source.StartActivity("submit", ActivityKind.Server)!;

        var id = await fixture.SubmitAsync(fixture.Receiver.Url("/hook/traced"));

        var record = await fixture.HasResultAsync(id);
        Assert.Equal(activity.TraceId.ToHexString(), record.DeliveryResult?.TraceId);
    }

    [Fact]
    public async Task A_receiver_that_answers_404_makes_a_final_FAILED()
    {
        var id = await fixture.SubmitAsync(fixture.Receiver.Url("/status/404"));

        var record = await fixture.BecomesAsync(id, record => record.IsFinal);

        Assert.Equal((NotificationStatus.Failed, 0), (record.Status, record.Attempts));
        Assert.Equal("http_404", record.DeliveryResult?.ErrorDetails?.Code);
        Assert.Equal("answered 404 as the URL asks", record.DeliveryResult?.ErrorDetails?.Response);
    }

    [Fact]
    public async Task A_receiver_that_answers_503_makes_a_FAILED_that_waits_for_its_retry()
    {
        var id = await fixture.SubmitAsync(fixture.Receiver.Url("/status/503"));

        var record = await fixture.HasResultAsync(id);

        Assert.Equal((NotificationStatus.Failed, 1, false), (record.Status, record.Attempts, record.IsFinal));
        Assert.Equal(DeliveryCategory.ServerError, record.DeliveryResult?.Category);
        Assert.InRange((record.NextAttemptAt!.Value - record.LastUpdatedAt).TotalSeconds, 3.9, 6.1);
        Assert.Equal(record.NextAttemptAt, record.DueAt);
    }

    [Fact]
    public async Task A_receivers_wish_to_wait_is_the_time_of_the_retry()
    {
        var id = await fixture.SubmitAsync(fixture.Receiver.Url("/retry-after/3600"));

        var record = await fixture.HasResultAsync(id);

        Assert.InRange((record.NextAttemptAt!.Value - record.LastUpdatedAt).TotalSeconds, 3599, 3601);
    }

    [Fact]
    public async Task A_refused_connection_is_a_NETWORK_ERROR_that_is_retried()
    {
        var id = await fixture.SubmitAsync($"http://127.0.0.1:{LoopbackPort.Pick()}/");

        var record = await fixture.HasResultAsync(id);

        Assert.Equal(DeliveryCategory.NetworkError, record.DeliveryResult?.Category);
        Assert.Equal("connection_refused", record.DeliveryResult?.ErrorDetails?.Code);
        Assert.NotNull(record.NextAttemptAt);
    }

    [Fact]
    public async Task A_slow_receiver_is_a_TIMEOUT_that_is_retried()
    {
        var id = await fixture.SubmitAsync(fixture.Receiver.Url("/delay/20000"), timeoutSeconds: 1);

        var record = await fixture.HasResultAsync(id);

        Assert.Equal((DeliveryCategory.Timeout, "timeout_headers"), (record.DeliveryResult?.Category, record.DeliveryResult?.ErrorDetails?.Code));
        Assert.Null(record.DeliveryResult?.StatusCode);
        Assert.NotNull(record.NextAttemptAt);
    }

    [Fact]
    public async Task An_address_that_is_not_public_is_BLOCKED_for_good()
    {
        var id = await fixture.SubmitAsync("http://[::1]:8080/");

        var record = await fixture.BecomesAsync(id, record => record.IsFinal);

        Assert.Equal((DeliveryCategory.Blocked, "blocked_address"), (record.DeliveryResult?.Category, record.DeliveryResult?.ErrorDetails?.Code));
    }

    [Fact]
    public async Task A_late_copy_of_a_final_notification_causes_no_call_and_no_write()
    {
        var id = await fixture.SubmitAsync(fixture.Receiver.Url("/hook/copies"));
        var before = await fixture.BecomesAsync(id, record => record.IsFinal);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => fixture.SendAsync(id)));
        await fixture.EmptiesAsync(QueueDefinition.DefaultName);

        Assert.Single(fixture.Receiver.ReceivedFor(id));
        Assert.Equal(before.Version, (await fixture.ReadAsync(id)).Version);
    }

    [Fact]
    public async Task Copies_that_arrive_together_cause_one_call()
    {
        var id = (await fixture.Status.Client.AcceptAsync(Submissions.New(url: fixture.Receiver.Url("/delay/300")), CancellationToken.None)).Record!.Id;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => fixture.SendAsync(id)));

        await fixture.BecomesAsync(id, record => record.IsFinal);
        await fixture.EmptiesAsync(QueueDefinition.DefaultName);
        Assert.Single(fixture.Receiver.ReceivedFor(id));
    }

    [Fact]
    public async Task A_message_that_names_no_notification_ends_in_the_dead_letter_queue()
    {
        var message = await Eventually.BecomesAsync(fixture.ReceiveDeadLetterAsync, message => message is not null);

        Assert.Contains(WorkerFixture.UnknownId, message!.Body, StringComparison.Ordinal);
        await fixture.EmptiesAsync(QueueDefinition.DefaultName);
    }
}
