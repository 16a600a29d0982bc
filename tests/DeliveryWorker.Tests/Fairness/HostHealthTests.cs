using Waybill.DeliveryWorker.Fairness;
using Waybill.DeliveryWorker.Tests.Support;

namespace Waybill.DeliveryWorker.Tests.Fairness;

public sealed class HostHealthTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1);

    private readonly ManualClock _clock = new();
    private readonly HostHealth _health;

    public HostHealthTests() => _health = new HostHealth(new HostLimits(4, 6), _clock);

    [Fact]
    public void The_limit_grows_by_one_for_as_many_good_answers_as_it_is_large_up_to_its_bound()
    {
        Note(HostSignal.Good, 3);
        Assert.Equal(4, _health.Limit);

        Note(HostSignal.Good);
        Assert.Equal(5, _health.Limit);

        Note(HostSignal.Good, 100);
        Assert.Equal(6, _health.Limit);
    }

    [Theory]
    [InlineData(HostSignal.Overloaded)]
    [InlineData(HostSignal.Silent)]
    public void The_limit_is_halved_by_each_call_that_does_not_go_well_and_never_below_one(HostSignal signal)
    {
        var limits = new List<int>();

        for (var i = 0; i < 4; i++)
        {
            Note(signal);
            limits.Add(_health.Limit);
        }

        Assert.Equal([2, 1, 1, 1], limits);
    }

    [Fact]
    public void A_host_that_answers_with_errors_is_not_paused()
    {
        Note(HostSignal.Overloaded, 100);

        Assert.Equal((false, TimeSpan.Zero, true, 1), (_health.IsProbed, _health.PauseLeft, _health.Answers, _health.Limit));
    }

    [Fact]
    public void A_host_that_stays_silent_is_probed_after_pauses_that_double_up_to_a_minute()
    {
        Note(HostSignal.Silent, HostHealth.SilencesUntilProbing - 1);
        Assert.Equal((false, TimeSpan.Zero), (_health.IsProbed, _health.PauseLeft));

        var pauses = new List<double>();

        for (var probe = 0; probe < 6; probe++)
        {
            Note(HostSignal.Silent);
            pauses.Add(_health.PauseLeft.TotalSeconds);
            _clock.Advance(_health.PauseLeft);
        }

        Assert.Equal([5, 10, 20, 40, 60, 60], pauses);
        Assert.True(_health.IsProbed);
    }

    [Fact]
    public void An_answer_ends_the_probing_and_the_pause()
    {
        Note(HostSignal.Silent, 9);

        Note(HostSignal.Good);

        Assert.Equal((false, TimeSpan.Zero, true), (_health.IsProbed, _health.PauseLeft, _health.Answers));
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(3600, 60)]
    public void A_receivers_wish_pauses_the_host_for_a_minute_at_most(int wished, int paused)
    {
        _health.Note(HostSignal.Overloaded, Duration, TimeSpan.FromSeconds(wished));

        Assert.Equal(paused, _health.PauseLeft.TotalSeconds);
    }

    [Fact]
    public void A_call_that_was_not_made_changes_nothing()
    {
        Note(HostSignal.None, 10);

        Assert.Equal((4, true), (_health.Limit, _health.IsUnknown));
    }

    [Fact]
    public void The_pace_is_that_of_a_host_in_full_use()
    {
        Note(HostSignal.Good);

        Assert.Equal(TimeSpan.FromSeconds(0.25), _health.Pace);
    }

    private void Note(HostSignal signal, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            _health.Note(signal, Duration, null);
        }
    }
}
