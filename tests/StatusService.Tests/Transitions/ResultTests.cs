using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Transitions;

[Collection(StatusCollection.Name)]
public sealed class ResultTests(StatusFixture fixture)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly Situation _situation = new(fixture.Backends.DynamoDbClient);

    private StatusClient Client => fixture.Status.Client;

    [Fact]
    public async Task A_success_is_recorded_with_every_field()
    {
        var id = await _situation.Of(FromState.Processing);
        var result = Results.Success();

        var record = (await Client.ResultAsync(id, new ResultRequest(Situation.LeaseToken, 0, result, null), None)).Record!;

        var entry = Assert.Single(record.History);
        Assert.Equal((1, 200, DeliveryCategory.Success, result.TraceId), (entry.Number, entry.StatusCode, entry.Category, entry.TraceId));
        Assert.Equal(result.ResponseTime, entry.ResponseTime);
        Assert.Equal(record.CorrelationId, record.DeliveryResult!.CorrelationId);
        Assert.Equivalent(Milliseconds(result) with { CorrelationId = record.CorrelationId }, record.DeliveryResult, strict: true);
        Assert.Equal(record.LastUpdatedAt, record.DeliveredAt);
        Assert.True(record.IsFinal);
        Assert.Null(record.DueAt);
        Assert.Null(record.Lease);
    }

    [Fact]
    public async Task A_retry_is_due_in_the_same_write_as_the_result()
    {
        var id = await _situation.Of(FromState.Processing);

        var record = (await Client.ResultAsync(id, new ResultRequest(Situation.LeaseToken, 0, Results.ServerError(), 30), None)).Record!;

        Assert.Equal(NotificationStatus.Failed, record.Status);
        Assert.Equal(record.LastUpdatedAt.AddSeconds(30), record.NextAttemptAt);
        Assert.Equal(record.NextAttemptAt, record.DueAt);
        Assert.Equal(1, record.Attempts);
        Assert.False(record.IsFinal);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task A_final_failure_counts_as_an_attempt_only_if_it_was_retry_eligible(bool retryEligible, int attempts)
    {
        var id = await _situation.Of(FromState.Processing);
        var result = retryEligible ? Results.ServerError() : Results.ClientError();

        var record = (await Client.ResultAsync(id, new ResultRequest(Situation.LeaseToken, 0, result, null), None)).Record!;

        Assert.Equal(attempts, record.Attempts);
        Assert.True(record.IsFinal);
        Assert.Equal(result.ErrorDetails, record.DeliveryResult!.ErrorDetails);
    }

    [Fact]
    public async Task A_report_repeated_because_its_answer_was_lost_applies_once()
    {
        var id = await _situation.Of(FromState.Processing);
        var request = new ResultRequest(Situation.LeaseToken, 0, Results.ServerError(), 5);

        var first = await Client.ResultAsync(id, request, None);
        var repeat = await Client.ResultAsync(id, request, None);

        Assert.True(repeat.Applied);
        Assert.Equal(first.Record!.Version, repeat.Record!.Version);
        Assert.Equal(1, repeat.Record.Attempts);
    }

    [Fact]
    public async Task Texts_from_receivers_are_cut_before_they_are_stored()
    {
        var id = await _situation.Of(FromState.Processing);
        var long_ = new string('é', 5000);
        var result = Results.ServerError() with { StatusText = long_, ErrorDetails = new ErrorDetails("http_503", long_, DeliveryCategory.ServerError, long_) };

        var stored = (await Client.ResultAsync(id, new ResultRequest(Situation.LeaseToken, 0, result, 5), None)).Record!.DeliveryResult!;

        Assert.Equal(100, stored.StatusText!.Length);
        Assert.Equal(ErrorDetails.MaxMessageLength, stored.ErrorDetails!.Message.Length);
        Assert.Equal(ErrorDetails.MaxResponseBytes / 2, stored.ErrorDetails.Response!.Length);
    }

    [Fact]
    public async Task Of_64_reports_with_one_lease_exactly_one_is_recorded()
    {
        var id = await _situation.Of(FromState.Processing);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ =>
            Client.ResultAsync(id, new ResultRequest(Situation.LeaseToken, 0, Results.Success(), null), None)));

        Assert.Single(outcomes, outcome => outcome.Applied);
        Assert.Single((await Client.GetAsync(id, None))!.History);
    }

    [Fact]
    public async Task A_result_that_contradicts_itself_is_refused_and_changes_nothing()
    {
        var id = await _situation.Of(FromState.Processing);
        var before = await Client.GetAsync(id, None);

        var refused = await Assert.ThrowsAsync<RecordTroubleException>(() =>
            Client.ResultAsync(id, new ResultRequest(Situation.LeaseToken, 0, Results.ClientError(), 5), None));

        Assert.Contains("retryInSeconds", refused.Message, StringComparison.Ordinal);
        Assert.Equivalent(before, await Client.GetAsync(id, None), strict: true);
    }

    private static DeliveryResult Milliseconds(DeliveryResult result) => result with
    {
        Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(result.Timestamp.ToUnixTimeMilliseconds()),
        HttpResponseReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(result.HttpResponseReceivedAt!.Value.ToUnixTimeMilliseconds()),
    };
}
