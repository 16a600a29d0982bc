using System.Net.Http.Json;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Store.Changes;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Tests.Support;
using Waybill.StatusService.Tests.Transitions.Dispatching;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Transitions;

/// <summary>What becomes of a record whose request is gone, whose worker was lost, or that is redelivered for months.</summary>
[Collection(StatusCollection.Name)]
public sealed class RecordLifeTests(StatusFixture fixture)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly Situation _situation = new(fixture.Backends.DynamoDbClient);

    private StatusClient Client => fixture.Status.Client;

    private IAmazonDynamoDB DynamoDb => fixture.Backends.DynamoDbClient;

    [Theory]
    [InlineData(FromState.Pending)]
    [InlineData(FromState.Queued)]
    [InlineData(FromState.RetryDue)]
    [InlineData(FromState.LeaseExpired)]
    public async Task A_claim_without_a_request_ends_the_notification(FromState state)
    {
        var id = await _situation.Of(state);
        await DynamoDb.DeleteItemAsync(TableDefinition.DefaultName, RequestItem.Key(id), None);

        var (claim, current) = await Client.ClaimAsync(id, new ClaimRequest("worker-2"), None);

        Assert.Null(claim);
        Assert.True(current!.IsFinal);
        Assert.Equal((DeliveryCategory.Abandoned, "request_expired"), (current.DeliveryResult!.Category, current.DeliveryResult.ErrorDetails!.Code));
        Assert.Null(current.DueAt);
    }

    [Theory]
    [InlineData(FromState.Processing)]
    [InlineData(FromState.Success)]
    [InlineData(FromState.AwaitingRetry)]
    public async Task A_claim_without_a_request_leaves_alone_what_could_not_be_claimed(FromState state)
    {
        var id = await _situation.Of(state);
        await DynamoDb.DeleteItemAsync(TableDefinition.DefaultName, RequestItem.Key(id), None);
        var before = await Client.GetAsync(id, None);

        var (_, current) = await Client.ClaimAsync(id, new ClaimRequest("worker-2"), None);

        Assert.Equal(before!.Version, current!.Version);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_redelivery_of_what_has_expired_is_refused_by_name_and_changes_nothing(bool removed)
    {
        var id = await _situation.Of(FromState.FailedFinal);
        await (removed ? DynamoDb.DeleteItemAsync(TableDefinition.DefaultName, RequestItem.Key(id), None) : SetExpiry(id, DateTimeOffset.UtcNow.AddMinutes(-1)));
        var before = await Client.GetAsync(id, None);

        var outcome = await Client.RedeliverAsync(id, None);
        var byJob = await Client.RedeliverAsync(id, new RedeliverByJobRequest("rdj_1", DateTimeOffset.UtcNow), None);

        Assert.False(outcome.Applied);
        Assert.False(byJob.Applied);
        Assert.True(outcome.Record!.RequestIsGone);
        Assert.Equivalent(before, await Client.GetAsync(id, None), strict: true);
    }

    [Fact]
    public async Task A_redelivery_never_sends_what_another_request_with_the_same_key_left_behind()
    {
        var first = Submissions.New();
        await Client.AcceptAsync(first, None);
        await Client.CancelAsync(first.Id, None);
        await DynamoDb.DeleteItemAsync(TableDefinition.DefaultName, RequestItem.Key(first.Id), None);
        var second = await Client.AcceptAsync(first with { Fingerprint = "of another request" }, None);

        var outcome = await Client.RedeliverAsync(first.Id, None);

        Assert.False(second.Applied);
        Assert.False(outcome.Applied);
        Assert.True(outcome.Record!.RequestIsGone);
    }

    [Fact]
    public async Task A_redelivery_renews_the_life_of_the_request_where_that_ends_too_soon()
    {
        var id = await _situation.Of(FromState.FailedFinal);
        await SetExpiry(id, DateTimeOffset.UtcNow.AddDays(1));

        Assert.True((await Client.RedeliverAsync(id, None)).Applied);

        Assert.True(await Expiry(id) >= DateTimeOffset.UtcNow.AddDays(30) + DeliveryBounds.LongestLife - TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Cancel_after_a_lost_lease_shows_the_attempt_that_may_have_been_made_in_its_own_epoch()
    {
        var id = await _situation.Of(FromState.LeaseExpired);
        await Client.DispatchedAsync(id);

        var cancelled = (await Client.CancelAsync(id, None)).Record!;
        var redelivered = (await Client.RedeliverAsync(id, None)).Record!;
        var (claim, _) = await Client.ClaimAsync(id, new ClaimRequest("worker-2"), None);

        var lost = Assert.Single(cancelled.History);
        Assert.Equal((1, 0, "lease_expired"), (lost.Number, lost.Epoch, lost.ErrorCode));
        Assert.Equal(lost.StartedAt, cancelled.LastDeliveryAttempt);
        Assert.Null(cancelled.Lease);
        Assert.Equal(1, redelivered.Epoch);
        Assert.Equal([0], claim!.Record.History.Select(entry => entry.Epoch));
        Assert.Equal(lost.StartedAt, claim.Record.LastDeliveryAttempt);
    }

    [Fact]
    public async Task A_lease_that_an_earlier_release_left_on_what_it_cancelled_is_dated_into_its_own_epoch()
    {
        var id = await _situation.Of(FromState.LeaseExpired);
        await Update(id, "SET #status = :failed REMOVE dueAt, dueShard", new() { ["#status"] = StoredNames.Status }, new() { [":failed"] = StoredValue.Of("FAILED") });

        var redelivered = (await Client.RedeliverAsync(id, None)).Record!;

        Assert.Equal((1, 0), (redelivered.Epoch, Assert.Single(redelivered.History).Epoch));
        Assert.Null(redelivered.Lease);
    }

    [Fact]
    public async Task A_claim_and_its_release_leave_the_last_call_alone_and_take_the_send_error_away()
    {
        var accepted = (await Client.AcceptAsync(Submissions.New(), None)).Record!;
        var rolledBack = (await Client.RollBackAsync(accepted.Id, new RollBackRequest(accepted.Version, "the queue is down", 2), None)).Record!;

        var (claim, _) = await Client.ClaimAsync(accepted.Id, new ClaimRequest("worker"), None);
        var released = (await Client.ReleaseAsync(accepted.Id, new ReleaseRequest(claim!.Record.Lease!.Token, 60, "HOST_ASLEEP"), None)).Record!;

        Assert.Equal("the queue is down", rolledBack.LastSendError);
        Assert.Equal(new NotificationWaiting(WaitingReasons.QueueDown, rolledBack.DueAt), NotificationWaiting.Of(rolledBack));
        Assert.Null(claim.Record.LastSendError);
        Assert.Equal(WaitingReasons.Attempt, NotificationWaiting.Of(claim.Record)!.Reason);
        Assert.Null(released.LastDeliveryAttempt);
        Assert.Equal(new NotificationWaiting("HOST_ASLEEP", released.DueAt), NotificationWaiting.Of(released));
    }

    [Fact]
    public async Task A_result_dates_the_last_call_by_its_own_start_and_a_failed_redelivery_is_not_delivered()
    {
        var id = await _situation.Of(FromState.Success);
        var redelivered = (await Client.RedeliverAsync(id, None)).Record!;
        var (claim, _) = await Client.ClaimAsync(id, new ClaimRequest("worker"), None);

        var failed = (await Client.ResultAsync(id, new ResultRequest(claim!.Record.Lease!.Token, 1, Results.ClientError(1), null), None)).Record!;

        Assert.Null(redelivered.DeliveredAt);
        Assert.Equal(redelivered.LastUpdatedAt, redelivered.RedeliveredAt);
        Assert.Null(failed.DeliveredAt);
        Assert.Equal(failed.History[^1].StartedAt, failed.LastDeliveryAttempt);
    }

    [Fact]
    public async Task Dispatches_that_no_worker_takes_count_wait_longer_and_end_the_notification()
    {
        var id = await _situation.Of(FromState.Queued);
        await Update(id, "SET dsp = :many", [], new() { [":many"] = StoredValue.Of(DeliveryBounds.MostDispatches - 1) });

        var last = await Client.DispatchedAsync(id);
        await Update(id, "SET dueAt = :due", [], new() { [":due"] = StoredValue.Of(Situation.Due) });
        var ended = await Client.AbandonedAsync(id);

        Assert.Equal(TimeSpan.FromMinutes(10), last.DueAt - last.LastUpdatedAt);
        Assert.Equal((EndCodes.NeverClaimed, true), (ended.DeliveryResult!.ErrorDetails!.Code, ended.IsFinal));
        Assert.Equal(DeliveryBounds.Reached(last, last.DueAt!.Value)!.Reason, ended.DeliveryResult.ErrorDetails.Message);
    }

    [Fact]
    public async Task A_claim_starts_the_count_of_dispatches_anew_and_a_failed_send_takes_its_own_back()
    {
        var id = await _situation.Of(FromState.Queued);
        var dispatched = await Client.DispatchedAsync(id);
        var rolledBack = (await Client.RollBackAsync(id, new RollBackRequest(dispatched.Version, "down", 2), None)).Record!;

        var (claim, _) = await Client.ClaimAsync(id, new ClaimRequest("worker"), None);

        Assert.Equal((1, 0, 0), (dispatched.Dispatches, rolledBack.Dispatches, claim!.Record.Dispatches));
    }

    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task A_notification_redelivered_a_thousand_times_stays_small_and_says_what_it_leaves_out()
    {
        var id = (await Client.AcceptAsync(Submissions.New(), None)).Record!.Id;

        for (var epoch = 0; epoch < 1_000; epoch++)
        {
            await FailAsync(id, epoch);
            Assert.True((await Client.RedeliverAsync(id, None)).Applied);
        }

        await FailAsync(id, 1_000);
        var record = (await Client.GetAsync(id, None))!;
        var item = (await _situation.Read(id))!;
        using var http = fixture.Status.CreatePublicClient(TestKeys.Alice);
        var view = await http.GetFromJsonAsync<JsonElement>($"/v1/notifications/{id}");
        var attempts = await http.GetFromJsonAsync<JsonElement>($"/v1/notifications/{id}/attempts");

        Assert.InRange(JsonSerializer.Serialize(ItemText.Of(item)).Length, 1, 16 * 1024);
        Assert.Equal((1_001, 1), (record.History[^1].Number, record.History[0].Number));
        Assert.Equal(1_001, record.History.Count + record.HistoryOmitted);
        Assert.Equal(record.HistoryOmitted, view.GetProperty("historyOmitted").GetInt32());
        Assert.Equal(record.HistoryOmitted, attempts.GetProperty("omitted").GetInt32());
    }

    [Fact]
    public async Task A_result_of_a_worker_that_counts_the_history_is_recorded_under_the_right_number()
    {
        var id = await _situation.Of(FromState.FailedFinal);
        await SetHistory(id, 30);
        await Client.RedeliverAsync(id, None);
        var (claim, _) = await Client.ClaimAsync(id, new ClaimRequest("worker of the release before"), None);
        var number = claim!.Record.History.Count + 1;

        var outcome = await Client.ResultAsync(id, new ResultRequest(claim.Record.Lease!.Token, 1, Results.Success(number), null), None);

        Assert.True(outcome.Applied);
        Assert.Equal((31, 31), (outcome.Record!.History[^1].Number, outcome.Record.DeliveryResult!.Attempt));
    }

    [Theory]
    [Trait(Ladder.Name, Ladder.Full)]
    [InlineData(FromState.FailedFinal)]
    [InlineData(FromState.Queued)]
    [InlineData(FromState.Processing)]
    public async Task A_record_that_has_grown_to_the_limit_heals_by_the_next_write(FromState state)
    {
        var id = await _situation.Of(state);
        await FillAsync(id);

        var outcome = state switch
        {
            FromState.FailedFinal => await Client.RedeliverAsync(id, None),
            FromState.Queued => Outcome(await Client.ClaimAsync(id, new ClaimRequest("worker"), None)),
            _ => await Client.ResultAsync(id, new ResultRequest(Situation.LeaseToken, 0, Results.ServerError(100_000), 5), None),
        };

        Assert.True(outcome.Applied);
        Assert.InRange((await Client.GetAsync(id, None))!.History.Count, 1, HistoryBound.MostEntries + 1);
    }

    private static TransitionOutcome Outcome((ClaimResponse? Claim, NotificationRecord? Current) answer) =>
        new(answer.Claim is not null, answer.Claim?.Record ?? answer.Current);

    private async Task FailAsync(string id, int epoch)
    {
        var (claim, _) = await Client.ClaimAsync(id, new ClaimRequest("worker"), None);
        var result = Results.ClientError(claim!.Record.NextAttemptNumber);
        Assert.True((await Client.ResultAsync(id, new ResultRequest(claim.Record.Lease!.Token, epoch, result, null), None)).Applied);
    }

    private Task SetHistory(string id, int entries) =>
        Update(id, "SET his = :his", [], new() { [":his"] = StoredValue.Of(Enumerable.Range(1, entries).Select(Entry)) });

    /// <summary>To the last byte that the emulator takes, found by halving: with few entries and much padding, as it takes seconds for thousands of them.</summary>
    private async Task FillAsync(string id)
    {
        await SetHistory(id, 200);
        var (taken, refused) = (0, 400 * 1024);

        while (refused - taken > 1)
        {
            var length = (taken + refused) / 2;

            if (await IsTaken(id, length))
            {
                taken = length;
            }
            else
            {
                refused = length;
            }
        }
    }

    private async Task<bool> IsTaken(string id, int length)
    {
        try
        {
            await Update(id, "SET padding = :padding", [], new() { [":padding"] = StoredValue.Of(new string('x', length)) });
            return true;
        }
        catch (AmazonDynamoDBException exception) when (ItemSize.IsExceeded(exception))
        {
            return false;
        }
    }

    private static AttributeValue Entry(int number) => StoredValue.Of(HistoryMap.Write(new HistoryEntry
    {
        Number = number,
        Epoch = 0,
        StartedAt = Situation.Due,
        ResponseTime = 12.5,
        StatusCode = 503,
        Category = DeliveryCategory.ServerError,
        ErrorCode = "http_503",
        Timings = new DeliveryTimings(0.5, 1.25, null, 8, 0.125, false),
        TraceId = "0af7651916cd43dd8448eb211c80319c",
    }));

    private Task SetExpiry(string id, DateTimeOffset expiresAt) => DynamoDb.UpdateItemAsync(new UpdateItemRequest
    {
        TableName = TableDefinition.DefaultName,
        Key = RequestItem.Key(id),
        UpdateExpression = "SET expiresAt = :at",
        ExpressionAttributeValues = new() { [":at"] = StoredValue.OfSeconds(expiresAt) },
    });

    private async Task<DateTimeOffset?> Expiry(string id) =>
        (await DynamoDb.GetItemAsync(TableDefinition.DefaultName, RequestItem.Key(id), consistentRead: true)).Item.TimeInSeconds(StoredNames.ExpiresAt);

    private Task Update(string id, string expression, Dictionary<string, string> names, Item values) => DynamoDb.UpdateItemAsync(new UpdateItemRequest
    {
        TableName = TableDefinition.DefaultName,
        Key = StateItem.Key(id),
        UpdateExpression = expression,
        ExpressionAttributeNames = names.Count > 0 ? names : null,
        ExpressionAttributeValues = values,
    });
}
