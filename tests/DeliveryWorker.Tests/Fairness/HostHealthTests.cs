using Microsoft.Extensions.Time.Testing;
using Waybill.DeliveryWorker.Fairness;

namespace Waybill.DeliveryWorker.Tests.Fairness;

public sealed class HostHealthTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(10);

    private readonly FakeTimeProvider _clock = new();
    private readonly HostHealth _health;

    public HostHealthTests() => _health = new HostHealth(Limits.Default, new Random(1), _clock);

    [Theory]
    [InlineData(HostSignal.Silent)]
    [InlineData(HostSignal.Failing)]
    [InlineData(HostSignal.Refused)]
    public void A_host_that_keeps_failing_is_probed_by_one_call_at_a_time_whatever_the_failure(HostSignal signal)
    {
        Call(signal, 5);
        Assert.Equal((true, 1, false), (_health.IsProbed, _health.Limit, _health.MayStart(overdue: false)));

        _clock.Advance(_health.PauseLeft);
        Assert.True(_health.MayStart(overdue: false));
        _health.Start();

        Assert.False(_health.MayStart(overdue: false));
    }

    [Fact]
    public void Refusals_that_show_a_rate_pace_the_host_and_do_not_open_its_circuit()
    {
        Call(HostSignal.Good, 50);
        var calls = Enumerable.Range(0, 8).Select(_ => _health.Start()).ToList();
        _clock.Advance(Short);

        calls.ForEach(call => _health.End(call, new HostReport(HostSignal.Refused, Short)));

        Assert.False(_health.IsProbed);
        Assert.False(_health.MayStart(overdue: true));
        Assert.Equal(1 / 45.0, _health.Pace.TotalSeconds, 3);
    }

    [Theory]
    [InlineData(HostSignal.Refused)]
    [InlineData(HostSignal.Failing)]
    public void A_good_answer_ends_the_probing(HostSignal signal)
    {
        Call(signal, 9);

        Call(HostSignal.Good);

        Assert.Equal((false, true), (_health.IsProbed, _health.MayStart(overdue: false)));
    }

    [Fact]
    public void A_receivers_wish_pauses_the_host()
    {
        Call(HostSignal.Good);
        _health.End(_health.Start(), new HostReport(HostSignal.Refused, Short, TimeSpan.FromSeconds(3)));

        Assert.False(_health.MayStart(overdue: false));
        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.True(_health.MayStart(overdue: false));
    }

    [Fact]
    public void A_notification_that_waited_long_passes_pauses_but_only_so_many_at_a_time_and_not_all_at_once()
    {
        Call(HostSignal.Failing, 20);
        var begun = 0;

        for (var step = 0; step < 150; step++)
        {
            if (_health.MayStart(overdue: true))
            {
                _health.Start();
                begun++;
            }

            _clock.Advance(Short);
            Assert.InRange(begun, 0, 1 + (step / 10));
        }

        Assert.Equal(8, begun);
    }

    [Fact]
    public void A_host_is_a_suspect_while_it_is_new_silent_or_slow()
    {
        Assert.True(_health.IsSuspect);

        Call(HostSignal.Failing);
        Assert.False(_health.IsSuspect);

        Call(HostSignal.Silent);
        Assert.True(_health.IsSuspect);

        Call(HostSignal.Good);
        Assert.False(_health.IsSuspect);

        _health.End(_health.Start(), new HostReport(HostSignal.Good, TimeSpan.FromSeconds(30)));
        Assert.True(_health.IsSuspect);
    }

    [Fact]
    public void A_call_that_was_not_made_changes_nothing()
    {
        Call(HostSignal.None, 10);

        Assert.Equal((true, false, 0), (_health.IsUnknown, _health.IsProbed, _health.InFlight));
    }

    [Fact]
    public void The_pace_is_that_of_a_host_in_full_use()
    {
        _health.End(_health.Start(), new HostReport(HostSignal.Good, TimeSpan.FromSeconds(1)));

        Assert.Equal(1 / 8.0, _health.Pace.TotalSeconds);
    }

    private void Call(HostSignal signal, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            _health.End(_health.Start(), new HostReport(signal, Short));
        }
    }
}
