using System.Text;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Transitions;

[Collection(StatusCollection.Name)]
public sealed class AcceptTests(StatusFixture fixture)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private StatusClient Client => fixture.Status.Client;

    [Fact]
    public async Task A_new_notification_is_pending_with_all_that_the_client_gave()
    {
        var deliverAt = DateTimeOffset.UtcNow.AddHours(1);
        var request = Submissions.New() with { RetrySchedule = [1, 2, 3], DeliverAt = deliverAt, TimeoutSeconds = 7 };

        var outcome = await Client.AcceptAsync(request, None);

        var record = await Client.GetAsync(request.Id, None);
        Assert.True(outcome.Applied);
        Assert.Equivalent(outcome.Record, record, strict: true);
        Assert.Equal(NotificationStatus.Pending, record!.Status);
        Assert.Equal((request.Owner, request.CorrelationId, request.Request.Url, "POST"), (record.Owner, record.CorrelationId, record.Url, record.Method));
        Assert.Equal((7, 4, 0, 0, 1), (record.TimeoutSeconds, record.MaxAttempts, record.Attempts, record.Epoch, record.Version));
        Assert.Equal([1, 2, 3], record.RetrySchedule);
        Assert.Equal(deliverAt.ToUnixTimeMilliseconds(), record.DeliverAt!.Value.ToUnixTimeMilliseconds());
        Assert.Equal(record.DeliverAt, record.DueAt);
        Assert.Equal(request.Traceparent, record.Traceparent);
    }

    [Fact]
    public async Task A_notification_for_now_is_due_once_its_first_attempt_must_have_ended()
    {
        var outcome = await Client.AcceptAsync(Submissions.New(), None);

        var record = outcome.Record!;
        Assert.Equal(record.CreatedAt + DeliveryTiming.DueAfterDispatch(record.TimeoutSeconds), record.DueAt);
    }

    [Fact]
    public async Task The_request_comes_back_byte_for_byte_whether_or_not_compression_pays()
    {
        byte[] incompressible = [.. Enumerable.Range(0, 5000).Select(_ => (byte)Random.Shared.Next(256))];
        var compressible = Encoding.UTF8.GetBytes($"{{\"text\":\"{new string('x', 5000)}\"}}");

        foreach (var body in new[] { incompressible, compressible, [] })
        {
            var request = Submissions.New();
            request = request with { Request = request.Request with { Body = body } };
            await Client.AcceptAsync(request, None);

            var (claim, _) = await Client.ClaimAsync(request.Id, new ClaimRequest("worker"), None);

            Assert.Equal(body, claim!.Request.Body);
            Assert.Equal(request.Request.Headers.ToArray(), claim.Request.Headers.ToArray());
            Assert.Equal(request.Request.ContentType, claim.Request.ContentType);
        }
    }

    [Fact]
    public async Task A_compressible_body_is_stored_compressed()
    {
        var request = Submissions.New();
        request = request with { Request = request.Request with { Body = new byte[10_000] } };
        await Client.AcceptAsync(request, None);

        var item = await fixture.Backends.DynamoDbClient.GetItemAsync(TableDefinition.DefaultName, RequestItem.Key(request.Id));

        Assert.InRange(item.Item[StoredNames.Request.CompressedBody].B.Length, 1, 100);
        Assert.DoesNotContain(StoredNames.Request.Body, item.Item.Keys);
    }

    [Fact]
    public async Task Two_callers_with_one_id_get_one_record_and_the_second_sees_it()
    {
        var request = Submissions.New();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(number =>
            Client.AcceptAsync(request with { Traceparent = $"00-0af7651916cd43dd8448eb211c80319c-b7ad6b71692033{number:x2}-01" }, None)));

        Assert.Single(outcomes, outcome => outcome.Applied);
        Assert.All(outcomes, outcome => Assert.Equal(request.Fingerprint, outcome.Record!.Fingerprint));
        Assert.Single(outcomes.Select(outcome => outcome.Record!.Traceparent).Distinct());
    }

    [Fact]
    public async Task Another_request_with_the_same_id_does_not_replace_the_first_ones_body()
    {
        var first = Submissions.New();
        var other = Submissions.New(first.Id, url: "http://127.0.0.1:9/other");

        await Client.AcceptAsync(first, None);
        var outcome = await Client.AcceptAsync(other, None);

        var (claim, _) = await Client.ClaimAsync(first.Id, new ClaimRequest("worker"), None);
        Assert.False(outcome.Applied);
        Assert.Equal(first.Fingerprint, outcome.Record!.Fingerprint);
        Assert.Equal(first.Request.Url, claim!.Request.Url);
    }

    [Fact]
    public async Task A_request_left_by_a_call_that_ended_between_its_two_writes_is_taken_up_by_the_repeat()
    {
        var request = Submissions.New();
        await fixture.Backends.DynamoDbClient.PutItemAsync(TableDefinition.DefaultName, RequestItem.New(request, DateTimeOffset.UtcNow.AddDays(1)));

        var stranger = await Client.AcceptAsync(Submissions.New(request.Id, url: "http://127.0.0.1:9/other"), None);
        var repeat = await Client.AcceptAsync(request, None);

        Assert.False(stranger.Applied);
        Assert.True(repeat.Applied);
        Assert.Equal(request.Request.Url, repeat.Record!.Url);
    }
}
