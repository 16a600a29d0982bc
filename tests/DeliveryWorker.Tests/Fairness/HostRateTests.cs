using Microsoft.Extensions.Time.Testing;
using Waybill.DeliveryWorker.Fairness;

namespace Waybill.DeliveryWorker.Tests.Fairness;

public sealed class HostRateTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly HostRate _rate;

    public HostRateTests() => _rate = new HostRate(_clock);

    [Fact]
    public void A_host_that_never_refused_has_no_rate()
    {
        Take(500);

        Assert.Equal((null, TimeSpan.Zero), (_rate.PerSecond, _rate.UntilNext));
    }

    [Fact]
    public void A_refusal_shows_what_the_host_took_and_it_gets_nine_tenths_of_that()
    {
        Take(50);

        RefuseOne();

        Assert.Equal(45, _rate.PerSecond);
    }

    [Fact]
    public void Refusals_of_calls_that_were_in_flight_together_count_once()
    {
        Take(50);
        var calls = Enumerable.Range(0, 8).Select(_ => Begin()).ToList();
        _clock.Advance(TimeSpan.FromMilliseconds(20));

        Assert.All(calls, call => Assert.True(Refuse(call)));

        Assert.Equal(45, _rate.PerSecond);
    }

    [Fact]
    public void After_the_first_refusal_nothing_goes_out_until_a_second_holds_no_more_than_the_rate()
    {
        Take(50);
        RefuseOne();

        var begun = BeginAllFor(TimeSpan.FromSeconds(1.5));

        Assert.All(begun, at => Assert.True(at >= 1, $"at {at} s"));
        Assert.InRange(begun.Count, 20, 28);
    }

    [Fact]
    public void No_second_holds_more_calls_than_the_rate_nor_do_they_come_in_bursts()
    {
        Take(50);
        RefuseOne();

        var begun = BeginAllFor(HostRate.Rest);

        Assert.InRange(MostInASecond(begun), 43, 45);
        Assert.All(begun.Zip(begun.Skip(1)), pair => Assert.True(pair.Second - pair.First > 0.8 / 46));
    }

    [Fact]
    public void The_rate_grows_after_a_rest_little_at_first_and_then_as_fast_as_it_was_cut()
    {
        Take(50);
        RefuseOne();

        BeginAllFor(HostRate.Rest);
        Assert.Equal(45, _rate.PerSecond);

        BeginAllFor(TimeSpan.FromSeconds(1));
        Assert.InRange(_rate.PerSecond!.Value, 45.5, 47);

        BeginAllFor(TimeSpan.FromSeconds(6));
        Assert.InRange(_rate.PerSecond!.Value, 200, 500);
    }

    [Fact]
    public void A_rate_that_is_not_used_does_not_grow()
    {
        Take(50);
        RefuseOne();

        for (var second = 0; second < 60; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            Take(10);
        }

        Assert.Equal(45, _rate.PerSecond);
    }

    [Fact]
    public void A_host_that_allows_50_a_second_is_found_and_used_to_four_fifths_at_least()
    {
        var host = new LimitedHost(_clock, 50);

        CallFor(TimeSpan.FromSeconds(60), host.Takes);

        Assert.InRange(host.MostInASecond, 50, 55);
        Assert.InRange(host.Taken / 60.0, 42, 50);
        Assert.InRange(host.Refused, 1, 60);
    }

    [Fact]
    public void A_host_that_takes_nothing_has_no_rate_to_learn()
    {
        Assert.False(RefuseOne());

        Assert.Null(_rate.PerSecond);
    }

    [Fact]
    public void A_lower_limit_is_found_when_many_are_refused()
    {
        Take(50);
        RefuseOne();
        var host = new LimitedHost(_clock, 10);

        CallFor(TimeSpan.FromSeconds(20), host.Takes);

        Assert.InRange(_rate.PerSecond!.Value, 8, 13);
    }

    [Fact]
    public void A_host_that_refuses_a_few_for_reasons_of_their_own_is_not_slowed_down_ever_more()
    {
        var begun = 0;

        // 100 a second are there to go out; from the second second on each tenth of them is refused, whatever the rate.
        CallFor(TimeSpan.FromSeconds(120), () => ++begun <= 100 || begun % 10 != 0, isThere: () => SinceStart.TotalMilliseconds % 10 == 0);

        Assert.InRange(begun / 120.0, 45, 100);
    }

    [Theory]
    [InlineData(0, 0.2)]
    [InlineData(0, 0.3)]
    [InlineData(100, 0.3)]
    public void A_host_that_refuses_at_random_is_not_slowed_down_to_a_standstill(int takenAtFirst, double share)
    {
        var chance = new Random(4711);
        var begun = 0;

        CallFor(TimeSpan.FromSeconds(60), Takes, IsThere);
        var early = begun;
        CallFor(TimeSpan.FromSeconds(240), Takes, IsThere);

        Assert.InRange((begun - early) / 240.0, 15, 25);

        // 20 a second come to go out; after the first ones a share of them is refused, whatever the rate.
        bool IsThere() => begun < (int)(SinceStart.TotalMilliseconds / 50);

        bool Takes() => ++begun <= takenAtFirst || chance.NextDouble() >= share;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    public void A_low_limit_is_kept_for_what_it_is(int allowed)
    {
        var host = new LimitedHost(_clock, allowed);

        CallFor(TimeSpan.FromSeconds(300), host.Takes);

        Assert.InRange(host.Taken / 300.0, allowed * 0.7, allowed);
        Assert.InRange(host.Refused, 0, host.Taken * 0.12);
    }

    [Fact]
    public void A_host_that_was_slowed_down_to_the_least_and_takes_all_again_gets_more_again()
    {
        CallFor(TimeSpan.FromSeconds(5), new LimitedHost(_clock, 1).Takes);
        Assert.Equal(HostRate.Slowest, _rate.PerSecond);

        BeginAllFor(TimeSpan.FromSeconds(30));

        Assert.True(_rate.PerSecond is null or > 100, $"{_rate.PerSecond} a second");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void One_refusal_after_few_calls_teaches_nothing(int calls)
    {
        Take(calls);

        Assert.False(RefuseOne());

        Assert.Null(_rate.PerSecond);
    }

    [Fact]
    public void A_second_refusal_while_others_are_in_flight_is_about_the_rate_however_few_they_are()
    {
        Take(5);
        var calls = Enumerable.Range(0, 3).Select(_ => Begin()).ToList();

        Assert.Equal([false, true], calls.Take(2).Select(Refuse));

        Assert.InRange(_rate.PerSecond!.Value, 4, 6);
    }

    [Fact]
    public void A_limit_that_falls_to_three_fifths_is_found_although_few_are_refused()
    {
        Take(50);
        RefuseOne();
        var host = new LimitedHost(_clock, 30);

        CallFor(TimeSpan.FromSeconds(30), host.Takes);

        Assert.InRange(_rate.PerSecond!.Value, 25, 33);
        Assert.InRange(host.Taken / 30.0, 24, 30);
    }

    private TimeSpan SinceStart => _clock.GetUtcNow() - _clock.Start;

    private HostCall Begin() => new(_clock.GetTimestamp(), _rate.NoteStart(), Suspect: false, Class: "steady");

    private void Take(int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            End(Begin(), taken: true);
        }
    }

    private bool RefuseOne() => Refuse(Begin());

    private bool Refuse(HostCall call)
    {
        _rate.NoteEnd();
        return _rate.NoteRefused(call);
    }

    private void End(HostCall call, bool taken)
    {
        if (!taken)
        {
            Refuse(call);
            return;
        }

        _rate.NoteEnd();
        _rate.NoteTaken(call);
    }

    /// <summary>Calls as soon as it may, each taken at once.</summary>
    /// <returns>When they began, in seconds.</returns>
    private List<double> BeginAllFor(TimeSpan time)
    {
        var begun = new List<double>();

        CallFor(time, () =>
        {
            begun.Add(SinceStart.TotalSeconds);
            return true;
        });

        return begun;
    }

    /// <summary>Calls as soon as it may, looking each millisecond.</summary>
    /// <param name="takes">Whether the host takes the call that has begun.</param>
    /// <param name="isThere">Whether there is one to make; always, if null.</param>
    private void CallFor(TimeSpan time, Func<bool> takes, Func<bool>? isThere = null)
    {
        for (var end = SinceStart + time; SinceStart < end; _clock.Advance(TimeSpan.FromMilliseconds(1)))
        {
            if (isThere?.Invoke() != false && _rate.UntilNext == TimeSpan.Zero)
            {
                End(Begin(), takes());
            }
        }
    }

    private static int MostInASecond(List<double> begun) => begun.Max(from => begun.Count(at => at >= from && at < from + 0.9999));
}
