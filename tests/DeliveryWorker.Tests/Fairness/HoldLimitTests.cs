using Waybill.DeliveryWorker.Fairness;
using Waybill.DeliveryWorker.Tests.Support;
using Waybill.Notifications.Records;

namespace Waybill.DeliveryWorker.Tests.Fairness;

public sealed class HoldLimitTests
{
    private static readonly HoldLimit HoldLimit = new(TimeSpan.FromMinutes(30));

    [Fact]
    public void A_new_notification_is_held_up_for_half_an_hour() =>
        Assert.Equal(30, MinutesHeld(A.Record()));

    [Fact]
    public void A_scheduled_one_is_held_up_from_its_time_on() =>
        Assert.Equal(90, MinutesHeld(A.Record() with { DeliverAt = A.Moment.AddHours(1) }));

    [Theory]
    [InlineData(1, 31)]
    [InlineData(6, 174)]
    public void A_retry_is_held_up_from_the_time_on_that_its_schedule_gave_it(int attempts, int minutes) =>
        Assert.Equal(minutes, MinutesHeld(Failed(attempts)));

    [Fact]
    public void A_record_without_a_wait_left_in_its_schedule_is_held_up_from_its_last_result_on() =>
        Assert.Equal(30, MinutesHeld(Failed(1) with { RetrySchedule = [] }));

    [Fact]
    public void A_redelivered_one_is_held_up_from_its_redelivery_on_however_old_it_is() =>
        Assert.Equal(150, MinutesHeld(A.Record() with { RedeliveredAt = A.Moment.AddHours(2), DeliverAt = A.Moment.AddHours(1), Epoch = 1 }));

    [Fact]
    public void The_result_of_an_earlier_epoch_says_nothing() =>
        Assert.Equal(150, MinutesHeld(Failed(10) with { Attempts = 0, RedeliveredAt = A.Moment.AddHours(2), Epoch = 1 }));

    [Fact]
    public void A_retry_whose_receiver_named_a_later_time_is_held_up_from_then_on()
    {
        var record = Failed(1);

        Assert.Equal(150, MinutesHeld(record with { DeliveryResult = record.DeliveryResult! with { RetryAfter = 7200 } }));
    }

    private static NotificationRecord Failed(int attempts) => A.Record(attempts: attempts) with
    {
        DeliveryResult = new DeliveryResult
        {
            Success = false,
            RetryEligible = true,
            Category = DeliveryCategory.Timeout,
            ResponseTime = 1,
            Timestamp = A.Moment,
            Attempt = attempts,
        },
    };

    private static int MinutesHeld(NotificationRecord record) =>
        Enumerable.Range(0, 10_000).First(minute => HoldLimit.IsReached(record, A.Moment.AddMinutes(minute)));
}
