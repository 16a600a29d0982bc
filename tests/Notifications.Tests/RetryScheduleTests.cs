using Waybill.Notifications.Delivery;

namespace Waybill.Notifications.Tests;

public sealed class RetryScheduleTests
{
    private const double NoJitter = 0.5;

    [Fact]
    public void The_default_makes_ten_attempts_over_about_a_day_and_a_half()
    {
        var delays = Enumerable.Range(1, 9).Select(failed => RetrySchedule.DelayAfter(null, failed, null, NoJitter)!.Value.TotalSeconds);

        Assert.Equal([5, 30, 120, 600, 1800, 7200, 18_000, 36_000, 50_400], delays);
        Assert.Equal(10, RetrySchedule.MaxAttempts(null));
        Assert.Null(RetrySchedule.DelayAfter(null, 10, null, NoJitter));
    }

    [Theory]
    [InlineData(0, 80)]
    [InlineData(0.5, 100)]
    [InlineData(0.999999, 120)]
    public void Jitter_is_a_fifth_in_either_direction(double random, double seconds) =>
        Assert.Equal(seconds, RetrySchedule.DelayAfter([100], 1, null, random)!.Value.TotalSeconds, precision: 3);

    [Fact]
    public void An_empty_schedule_is_one_attempt()
    {
        Assert.Equal(1, RetrySchedule.MaxAttempts([]));
        Assert.Null(RetrySchedule.DelayAfter([], 1, null, NoJitter));
    }

    [Theory]
    [InlineData(60, 60)]
    [InlineData(1, 10)]
    [InlineData(24 * 3600, 24 * 3600)]
    [InlineData(48 * 3600, 24 * 3600)]
    public void Retry_after_is_never_shortened_up_to_a_day(int wished, int waited) =>
        Assert.Equal(waited, RetrySchedule.DelayAfter([10], 1, TimeSpan.FromSeconds(wished), NoJitter)!.Value.TotalSeconds);

    [Fact]
    public void Jitter_does_not_lengthen_a_wait_beyond_a_day() =>
        Assert.Equal(RetrySchedule.LongestDelay, RetrySchedule.DelayAfter([24 * 3600], 1, null, 0.99));
}
