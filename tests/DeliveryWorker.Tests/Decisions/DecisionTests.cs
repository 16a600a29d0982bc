using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Tests.Support;
using Waybill.Notifications.Records;

namespace Waybill.DeliveryWorker.Tests.Decisions;

public sealed class DecisionTests
{
    private const double NoJitter = 0.5;

    [Theory]
    [InlineData(204, null)]
    [InlineData(400, null)]
    [InlineData(410, null)]
    [InlineData(501, null)]
    [InlineData(301, null)]
    [InlineData(429, 5.0)]
    [InlineData(503, 5.0)]
    public void A_status_is_final_or_waits_for_the_schedule(int status, double? seconds) =>
        Assert.Equal(seconds, Decide(A.Record(), A.Response(status)).RetryDelay?.TotalSeconds);

    [Fact]
    public void Each_failure_waits_for_its_own_entry_of_the_schedule()
    {
        int[] expected = [5, 30, 120, 600, 1800, 7200, 18_000, 36_000, 50_400];

        var delays = Enumerable.Range(0, 9).Select(attempts => Decide(A.Record(attempts: attempts), A.Response(503)).RetryDelay!.Value.TotalSeconds);

        Assert.Equal(expected.Select(seconds => (double)seconds), delays);
    }

    [Fact]
    public void The_last_attempt_is_final_and_still_says_that_it_could_have_been_retried()
    {
        var decision = Decide(A.Record(attempts: 9), A.Response(503));

        Assert.Null(decision.RetryDelay);
        Assert.True(decision.Result.RetryEligible);
    }

    [Fact]
    public void A_notification_may_bring_its_own_schedule()
    {
        var record = A.Record() with { RetrySchedule = [7] };

        Assert.Equal(7, Decide(record, A.Response(500)).RetryDelay?.TotalSeconds);
        Assert.Null(Decide(record with { Attempts = 1 }, A.Response(500)).RetryDelay);
        Assert.Null(Decide(record with { RetrySchedule = [] }, A.Response(500)).RetryDelay);
    }

    [Theory]
    [InlineData(3600, 3600)]
    [InlineData(2, 5)]
    public void The_receivers_wish_is_never_shortened(double wished, double expected) =>
        Assert.Equal(expected, Decide(A.Record(), A.Response(503, TimeSpan.FromSeconds(wished))).RetryDelay?.TotalSeconds);

    [Fact]
    public void A_wish_does_not_revive_what_is_final() =>
        Assert.Null(Decide(A.Record(), A.Response(410, TimeSpan.FromSeconds(5))).RetryDelay);

    [Theory]
    [InlineData(0, 4)]
    [InlineData(0.999999, 6)]
    public void The_delay_varies_by_a_fifth(double random, double seconds) =>
        Assert.Equal(seconds, Decision.Of(A.Record(), A.Outcome(A.Response(503)), random).RetryDelay!.Value.TotalSeconds, 3);

    [Fact]
    public void A_blocked_address_is_final() =>
        Assert.Null(Decide(A.Record(), null, new Failure(FailureKind.BlockedAddress, "no")).RetryDelay);

    [Fact]
    public void A_success_says_everything_but_errors()
    {
        var record = A.Record() with { History = [Entry(1), Entry(2)] };

        var result = Decide(record, A.Response(202)).Result;

        Assert.True(result.Success);
        Assert.False(result.RetryEligible);
        Assert.Equal(DeliveryCategory.Success, result.Category);
        Assert.Equal((202, "Text"), (result.StatusCode, result.StatusText));
        Assert.Equal(12.3, result.ResponseTime);
        Assert.Equal(A.Moment, result.Timestamp);
        Assert.Equal(A.Moment, result.HttpResponseReceivedAt);
        Assert.Equal(3, result.Attempt);
        Assert.Equal("order-1", result.CorrelationId);
        Assert.Equal((new string('a', 32), new string('b', 16)), (result.TraceId, result.SpanId));
        Assert.Null(result.ErrorDetails);
    }

    [Fact]
    public void An_error_answer_is_described()
    {
        var details = Decide(A.Record(), A.Response(503)).Result.ErrorDetails;

        Assert.Equal(new ErrorDetails("http_503", "The receiver answered 503 Text.", DeliveryCategory.ServerError, "said so"), details);
    }

    [Fact]
    public void A_timeout_in_the_body_keeps_the_status_it_got()
    {
        var result = Decide(A.Record(), A.Response(200), new Failure(FailureKind.TimeoutBody, "slow")).Result;

        Assert.False(result.Success);
        Assert.Equal((DeliveryCategory.Timeout, 200), (result.Category, result.StatusCode));
        Assert.Equal("timeout_body", result.ErrorDetails?.Code);
    }

    [Fact]
    public void A_long_message_is_cut()
    {
        var result = Decide(A.Record(), null, new Failure(FailureKind.TlsFailure, new string('x', 1000))).Result;

        Assert.Equal(ErrorDetails.MaxMessageLength, result.ErrorDetails!.Message.Length);
    }

    private static Decision Decide(NotificationRecord record, ReceiverResponse? answer, Failure? failure = null) =>
        Decision.Of(record, A.Outcome(answer, failure), NoJitter);

    private static HistoryEntry Entry(int number) =>
        new() { Number = number, Epoch = 0, StartedAt = A.Moment, Category = DeliveryCategory.Timeout };
}
