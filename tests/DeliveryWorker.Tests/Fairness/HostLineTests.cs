using Microsoft.Extensions.Time.Testing;
using Waybill.DeliveryWorker.Fairness;

namespace Waybill.DeliveryWorker.Tests.Fairness;

/// <summary>Rules out that a notification to a host that does well, or is new, is claimed only to be given back.</summary>
public sealed class HostLineTests : IDisposable
{
    /// <summary>Those of a fast host that are claimed ahead: its calls, and as many as may wait at its gate.</summary>
    private const int Ahead = 8 + 48;

    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(10);

    private readonly FakeTimeProvider _clock = new();
    private readonly WorkerSlots _slots = new(64);
    private readonly CancellationTokenSource _stop = new();
    private readonly HostHealth _health;
    private readonly HostLine _line;

    public HostLineTests()
    {
        _health = new HostHealth(Limits.Default, new Random(1), _clock);
        _line = new HostLine(_health, _slots, new Lock(), _clock);
    }

    public void Dispose() => _stop.Dispose();

    [Fact]
    public void Of_a_new_hosts_burst_two_are_claimed_and_the_others_wait_for_its_first_answer()
    {
        var passing = Pass(1000);
        Assert.Equal(2, Passed(passing));

        Answer(HostSignal.Good);

        Assert.Equal(Ahead, Passed(passing));
    }

    [Fact]
    public void They_go_on_as_those_before_them_are_through_and_none_waits_longer()
    {
        Answer(HostSignal.Good);
        var passing = Pass(300);

        for (var through = 0; Passed(passing) < 300; through++)
        {
            Assert.Equal(Ahead + through, Passed(passing));
            _line.Leave();
        }

        Assert.All(passing, one => Assert.True(one.Result));
    }

    [Fact]
    public void A_host_whose_first_call_hangs_keeps_nobody_for_longer_than_ten_seconds()
    {
        _health.Start();
        var passing = Pass(20);

        _clock.Advance(HostLine.LongestWait - Short);
        Assert.Equal(2, Passed(passing));

        _clock.Advance(Short);
        Assert.Equal(20, Passed(passing));
    }

    [Theory]
    [InlineData(HostSignal.Silent)]
    [InlineData(HostSignal.Failing)]
    [InlineData(HostSignal.Refused)]
    public void Nobody_waits_for_a_host_that_fails(HostSignal signal)
    {
        var passing = Pass(20);

        for (var call = 0; call < 5; call++)
        {
            Answer(signal);
        }

        Assert.Equal(20, Passed(passing));
        Assert.Equal(5, Passed(Pass(5)));
    }

    [Fact]
    public void A_host_whose_first_call_hangs_keeps_the_place_of_others_for_two_seconds_at_most()
    {
        _health.Start();
        var passing = Pass(1000);

        _clock.Advance(HostLine.Start);

        Assert.Equal(256, passing.Count(one => !one.IsCompleted));
        Assert.All(Pass(100), one => Assert.True(one.IsCompleted));
    }

    [Fact]
    public void A_host_that_takes_a_tenth_of_a_second_leaves_a_quarter_of_the_line_to_the_others()
    {
        _clock.Advance(TimeSpan.FromSeconds(10));
        _health.End(_health.Start(), new HostReport(HostSignal.Good, TimeSpan.FromSeconds(0.1)));

        var passing = Pass(1000);

        Assert.Equal(384, passing.Count(one => !one.IsCompleted));
    }

    [Fact]
    public void A_line_that_moves_fast_may_be_as_long_as_it_likes()
    {
        _clock.Advance(TimeSpan.FromSeconds(10));
        _health.End(_health.Start(), new HostReport(HostSignal.Good, TimeSpan.FromMilliseconds(2)));

        Assert.Equal(Ahead, Passed(Pass(1000)));
    }

    [Fact]
    public void A_slow_host_keeps_nobody_whose_turn_is_far()
    {
        _clock.Advance(TimeSpan.FromSeconds(10));
        _health.End(_health.Start(), new HostReport(HostSignal.Good, TimeSpan.FromSeconds(1)));

        var passing = Pass(300);

        // Eight calls at a time, each a second: eighty have their turn within ten seconds.
        Assert.InRange(passing.Count(one => !one.IsCompleted), 75, 85);
    }

    [Fact]
    public async Task A_stop_leaves_two_seconds_for_those_who_wait()
    {
        Answer(HostSignal.Good);
        var passing = Pass(Ahead + 4);
        await _stop.CancelAsync();

        _line.Leave();
        Assert.True(await passing[Ahead]);

        _clock.Advance(Turn.AfterStop);
        Assert.All(await Task.WhenAll(passing[(Ahead + 1)..]), Assert.False);
    }

    [Theory]
    [InlineData(0.01, Ahead)]
    [InlineData(0.1, 8 + 16)]
    [InlineData(1, 8 + 8)]
    public void As_many_are_claimed_ahead_as_the_host_takes_meanwhile(double seconds, int ahead)
    {
        _clock.Advance(TimeSpan.FromSeconds(10));
        _health.End(_health.Start(), new HostReport(HostSignal.Good, TimeSpan.FromSeconds(seconds)));

        var passing = Pass(60);

        // Nobody is behind them whose turn would be far, so none goes on for that.
        Assert.Equal(ahead, Passed(passing));
    }

    private List<Task<bool>> Pass(int count) => [.. Enumerable.Range(0, count).Select(_ => _line.PassAsync(_stop.Token))];

    private static int Passed(IEnumerable<Task<bool>> passing) => passing.Count(one => one.IsCompleted);

    private void Answer(HostSignal signal)
    {
        _health.End(_health.Start(), new HostReport(signal, Short));
        _line.Move();
    }
}
